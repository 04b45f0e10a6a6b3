#include "tests/unit/rule_parse_row.h"

static struct row rows[] = {
	{"empty names in a list", X86_64, 0,
	 "-a always,exit -S ,open,,close,\n"
	 "-a always,exit -S ,\n",
	 "1:1 -a always,exit -S open,close\n", "error 2:1 rule: -S names no system call\n"},
	{"unknown architectures", X86_64, 0,
	 "-a always,exit -F arch=b65 -S open\n"
	 "-a always,exit -F arch=0x1 -S open\n",
	 "",
	 "error 1:16 -F arch=b65: there is no architecture \"b65\" on this machine\n"
	 "error 2:16 -F arch=0x1: there is no architecture \"0x1\" on this machine\n"},
	{"arch behind -S", X86_64, 0, "-a always,exit -S open -F arch=b64\n", "",
	 "error 1:24 -F arch=b64: arch must be given before -S: it says whose numbers they are\n"},
	{"-S before the list", X86_64, 0,
	 "-S open -a always,exit\n"
	 "-S open -a always,task\n",
	 "1:1 -a always,exit -S open\n", "error 2:9 -a always,task: the task list takes no -S\n"},
	{"key= in any place, -k behind what it belongs to", X86_64, 0,
	 "-a always,exit -F key=a -F arch=b64 -S open -F key=b\n"
	 "-a always,exit -F arch=b64 -k x -S open\n",
	 "1:1 -a always,exit -F arch=b64 -S open -F key=a -F key=b\n",
	 "error 2:28 -k: a watch, -S, path, dir, perm, exe or fstype must be given before it (-F "
	 "key= may come first)\n"},
	{"a key without anything it could belong to", X86_64, 0,
	 "-a always,exit -F auid=0 -F key=x\n"
	 "-a always,exclude -F msgtype=CWD -F key=x\n"
	 "-a always,exit -F exe=/a -k x\n"
	 "-a never,filesystem -F fstype=tracefs -k x\n",
	 "3:1 -a always,exit -F exe=/a -F key=x\n"
	 "4:1 -a never,filesystem -F fstype=tracefs -F key=x\n",
	 "error 1:1 rule: a key needs a watch, -S, path, dir, perm, exe or fstype\n"
	 "error 2:1 rule: the exclude list takes no key\n"},
	{"keys that auditctl takes for a field", X86_64, 0,
	 "-w /a -k a!=b\n"
	 "-w /a -k a=b\n",
	 "2:1 -a always,exit -F path=/a -F perm=rwxa -F key=a=b\n",
	 "error 1:10 -k a!=b: auditctl takes the operator in the key for that of a field\n"},
	{"joined letters and values", X86_64, 0,
	 "-aalways,exit -Sopen -Farch=b64\n"
	 "-w/etc/passwd -pwa -kid\n",
	 "2:1 -a always,exit -F path=/etc/passwd -F perm=wa -F key=id\n",
	 "error 1:22 -F arch=b64: arch must be given before -S: it says whose numbers they are\n"},
	{"permissions in any order, case and number", X86_64, 0,
	 "-w /a -p XAWR\n"
	 "-w /a -p wwaa\n"
	 "-w /a -p wq\n"
	 "-w /a -p rwxaw\n"
	 "-a always,exit -F path=/a -F perm=wa -p r\n",
	 "1:1 -a always,exit -F path=/a -F perm=rwxa\n"
	 "2:1 -a always,exit -F path=/a -F perm=wa\n"
	 "5:1 -a always,exit -F path=/a -F perm=r\n",
	 "error 3:7 -p wq: \"q\" is no permission; there are r, w, x and a\n"
	 "error 4:7 -p rwxaw: permissions are one to four of the letters r, w, x and a\n"},
	{"what would be lost or misread beside a rule", X86_64, 0,
	 "-a always,exit -F path=/a -i\n"
	 "-w /a -p w --reset-lost\n"
	 "-w /a -p w -F arch=b64\n",
	 "",
	 "error 1:27 -i: auditctl forgets the rule that is given with it\n"
	 "error 2:12 --reset-lost: auditctl forgets the rule that is given with it\n"
	 "error 3:12 -F arch=b64: a watch takes no arch: write it as -a, with path= or dir=\n"},
	{"watches stand alone", X86_64, 0,
	 "-a always,exit -w /a\n"
	 "-w /a -w /b\n"
	 "-w /a -S open\n"
	 "-w /a -a exit,always\n",
	 "",
	 "error 1:16 -w /a: a watch stands alone: no list, -S or second watch with it\n"
	 "error 2:7 -w /b: a watch stands alone: no list, -S or second watch with it\n"
	 "error 3:7 -S open: a watch is for all system calls: -S does nothing\n"
	 "error 4:7 -a exit,always: the rule has a list, or is a watch, already\n"},
	{"watched paths", X86_64, 0,
	 "-w etc/passwd\n"
	 "-w /\n",
	 "2:1 -a always,exit -F dir=/ -F perm=rwxa\n",
	 "error 1:1 -w etc/passwd: the path must start with /\n"},
	{"blanks in paths are escaped, there are no quotes", X86_64, 0,
	 "-w /my\\ dir/a\\\\b -p wa\n"
	 "-w \"/my dir\" -p wa\n"
	 "-w /end\\ \n",
	 "1:1 -a always,exit -F path=/my\\ dir/a\\\\b -F perm=wa\n"
	 "3:1 -a always,exit -F path=/end\\  -F perm=rwxa\n",
	 "error 2:1 -w \"/my: the path must start with /\n"
	 "error 2:9 dir\": a word without an option (a blank inside a path or key is written \"\\ "
	 "\")\n"},
	{"a comment behind a rule is no comment", X86_64, 0, "-w /a -p w # note\n", "",
	 "error 1:12 #: a word without an option (a blank inside a path or key is written \"\\ "
	 "\")\n"},
	{"tabs between words", X86_64, 0,
	 "-w /a\t-p w\n"
	 "\t-w /a -p w\n"
	 "-w /a -p w\t\n"
	 "\t# x\n",
	 "3:1 -a always,exit -F path=/a -F perm=w\n",
	 "error 1:6 tab: auditctl splits words at blanks only: write a blank\n"
	 "error 2:1 tab: auditctl splits words at blanks only: write a blank\n"
	 "warning 3:11 tab at the end of the line: auditctl 3.0.9 takes it into the last word, or "
	 "for a word\n"
	 "warning 4:1 tab before a comment: auditctl 3.0.9 takes it for a rule\n"},
	{"control characters", X86_64, 0,
	 "-w /a\a -p w\n"
	 "-w /a\001b\n"
	 "-w /a\rb\n",
	 "",
	 "error 1:6 control character: no word of a rule can hold it\n"
	 "error 2:6 control character: no word of a rule can hold it\n"
	 "error 3:6 carriage return: no word of a rule can hold it\n"},
	{"operators are found as libaudit finds them", X86_64, 0,
	 "-a always,exit -F path=/a!=b -F perm=w\n"
	 "-a always,exit -F dir=/a>b -F perm=w\n"
	 "-a always,exit -F a0&=1 -F a1&2 -F a2>3 -F a3<=4\n",
	 "2:1 -a always,exit -F dir=/a>b -F perm=w\n"
	 "3:1 -a always,exit -F a0&=0x1 -F a1&0x2 -F a2>0x3 -F a3<=0x4\n",
	 "error 1:16 -F path=/a!=b: unknown field \"path=/a\"\n"},
	{"fields and values that are missing or unknown", X86_64, 0,
	 "-a always,exit -F auid -F =1 -F auid= -F nosuch=1\n", "",
	 "error 1:16 -F auid: there is no operator (= != < > <= >= & &=)\n"
	 "error 1:24 -F =1: there is no field name before the operator\n"
	 "error 1:30 -F auid=: there is no value behind the operator\n"
	 "error 1:39 -F nosuch=1: unknown field \"nosuch\"\n"},
	{"numbers with a tail", X86_64, 0,
	 "-a always,exit -F pid=12x -F a0=0x -F a1=08 -F exit=1.5\n", "",
	 "error 1:16 -F pid=12x: pid takes a number from 0 to 4294967295, not \"12x\"\n"
	 "error 1:27 -F a0=0x: a0 takes a number from -2147483648 to 4294967295, not \"0x\"\n"
	 "error 1:36 -F a1=08: a1 takes a number from -2147483648 to 4294967295, not \"08\"\n"
	 "error 1:45 -F exit=1.5: exit takes a number from -2147483648 to 2147483647, not "
	 "\"1.5\"\n"},
	{"negative numbers", X86_64, 0,
	 "-a always,exit -F pid=-1\n"
	 "-a always,exit -F a0=-1 -F exit=-13 -F exit!=-EPERM -F exit=EACCES\n"
	 "-a always,exit -F gid=-1\n"
	 "-a always,exit -F exit=NOERR\n",
	 "2:1 -a always,exit -F a0=0xFFFFFFFF -F exit=-EACCES -F exit!=-EPERM -F exit=13\n",
	 "error 1:16 -F pid=-1: pid takes a number from 0 to 4294967295, not \"-1\"\n"
	 "error 3:16 -F gid=-1: there is no group \"-1\" on this host\n"
	 "error 4:16 -F exit=NOERR: \"NOERR\" is neither a number nor an errno's name\n"},
	{"users, groups and sessions by name", X86_64, 0,
	 "-a always,exit -F uid=root -F gid=docker -F sessionid=unset\n"
	 "-a always,exit -F gid=nogroup_zz\n"
	 "-a always,exit -F sessionid=now\n",
	 "1:1 -a always,exit -F uid=0 -F gid=998 -F sessionid=unset\n",
	 "error 2:16 -F gid=nogroup_zz: there is no group \"nogroup_zz\" on this host\n"
	 "error 3:16 -F sessionid=now: sessionid takes a number from -2147483648 to 4294967295, "
	 "not \"now\"\n"},
	{"operators that a field doesn't take", X86_64, 0,
	 "-a always,exit -F perm!=w -F arch>b64 -F path!=/a -F exe>/a -F pid&1 -F inode>=2 -F "
	 "uid&=1\n",
	 "",
	 "error 1:16 -F perm!=w: perm takes only the operator =\n"
	 "error 1:27 -F arch>b64: arch takes only the operators = and !=\n"
	 "error 1:39 -F path!=/a: path takes only the operator =\n"
	 "error 1:51 -F exe>/a: exe takes only the operators = and !=\n"
	 "error 1:61 -F pid&1: pid takes no bit operators\n"
	 "error 1:70 -F inode>=2: inode takes only the operators = and !=\n"
	 "error 1:82 -F uid&=1: uid takes no bit operators\n"},
	{"fields on other lists", X86_64, 0,
	 "-a always,task -F path=/a\n"
	 "-a always,user -F msgtype=USER_LOGIN -F perm=w\n"
	 "-a never,exclude -F msgtype=CWD -F exe=/a\n"
	 "-a never,exclude -F euid=0\n"
	 "-a always,filesystem -F auid=0\n"
	 "-a always,exit -F fstype=debugfs\n"
	 "-a always,exit -F msgtype=CWD\n"
	 "-a never,task -F ppid=1\n",
	 "3:1 -a never,exclude -F msgtype=CWD -F exe=/a\n",
	 "error 1:16 -F path=/a: path can't be used on the task list\n"
	 "error 2:38 -F perm=w: perm can't be used on the user list\n"
	 "error 4:18 -F euid=0: the exclude list takes only msgtype, pid, uid, gid, auid, subj_* "
	 "and "
	 "exe\n"
	 "error 5:22 -F auid=0: the filesystem list takes only fstype and key\n"
	 "error 6:16 -F fstype=debugfs: fstype can't be used on the exit list\n"
	 "error 7:16 -F msgtype=CWD: msgtype can't be used on the exit list\n"
	 "error 8:15 -F ppid=1: ppid can't be used on the task list\n"},
	{"lists that take no -S", X86_64, 0,
	 "-a always,task -S open\n"
	 "-a never,exclude -S execve\n"
	 "-a never,filesystem -S open\n"
	 "-a never,user -S all\n",
	 "",
	 "error 1:16 -S open: the task list takes no -S\n"
	 "error 2:18 -S execve: the exclude list takes no -S\n"
	 "error 3:21 -S open: the filesystem list takes no -S\n"
	 "error 4:15 -S all: the user list takes no -S\n"},
	{"bad lists and actions", X86_64, 0,
	 "-a always\n"
	 "-a exit,exit\n"
	 "-a always,entry\n"
	 "-a exit,possible\n"
	 "-a always,exit,task\n"
	 "-a always,io_uring -S 18\n"
	 "-a always,exit -a never,exit\n",
	 "",
	 "error 1:1 -a always: a list and an action, joined by a comma, are wanted\n"
	 "error 2:1 -a exit,exit: lists are exit, task, user, exclude and filesystem; actions are "
	 "always and never\n"
	 "error 3:1 -a always,entry: the entry list is gone from the kernel: use exit\n"
	 "error 4:1 -a exit,possible: the action possible is deprecated: auditctl ignores the "
	 "whole line\n"
	 "error 5:1 -a always,exit,task: lists are exit, task, user, exclude and filesystem; "
	 "actions are always and never\n"
	 "error 6:1 -a always,io_uring: auditctl before 3.1 doesn't know the io_uring list\n"
	 "error 7:16 -a never,exit: the rule has a list, or is a watch, already\n"},
	{"io_uring where it is allowed", X86_64, IO_URING,
	 "-a always,io_uring -S 18 -F key=u\n"
	 "-a always,io_uring -S openat\n"
	 "-a always,io_uring -F perm=w\n",
	 "1:1 -a always,io_uring -S 18 -F key=u\n",
	 "error 2:23 -S openat: io_uring operations are given by number\n"
	 "error 3:20 -F perm=w: perm can't be used on the io_uring list\n"},
	{"comparisons that there are not", X86_64, 0,
	 "-a always,exit -C uid!=gid\n"
	 "-a always,exit -C uid>euid\n"
	 "-a always,exit -C uid=nosuch\n"
	 "-a always,exit -C uid\n"
	 "-a always,user -C uid=euid\n"
	 "-C uid=euid\n",
	 "",
	 "error 1:16 -C uid!=gid: uid can't be compared with gid\n"
	 "error 2:16 -C uid>euid: fields are compared with = or !=\n"
	 "error 3:16 -C uid=nosuch: unknown field \"nosuch\"\n"
	 "error 4:16 -C uid: fields are compared with = or !=\n"
	 "error 5:16 -C uid=euid: fields can only be compared on the exit list\n"
	 "error 6:1 -C uid=euid: the list (-a, -A, -d, -w or -W) must be given before it\n"},
	{"file types, record types, address families", X86_64, 0,
	 "-a always,exit -F filetype=socket -F saddr_fam=2\n"
	 "-a always,exit -F filetype=pipe\n"
	 "-a never,exclude -F msgtype=1300\n"
	 "-a never,exclude -F msgtype=NOSUCH\n"
	 "-a always,exit -F saddr_fam=46\n",
	 "1:1 -a always,exit -F filetype=socket -F saddr_fam=2\n"
	 "3:1 -a never,exclude -F msgtype=SYSCALL\n",
	 "error 2:16 -F filetype=pipe: file types are file, dir, socket, link, character, block "
	 "and fifo\n"
	 "error 4:18 -F msgtype=NOSUCH: there is no record type \"NOSUCH\"\n"
	 "error 5:16 -F saddr_fam=46: saddr_fam takes a number from 0 to 45, not \"46\"\n"},
	{"a file type by number is for listings", X86_64, 0, "-a always,exit -F filetype=49152\n",
	 "",
	 "error 1:16 -F filetype=49152: file types are file, dir, socket, link, character, block "
	 "and fifo\n"},
	{"paths that the kernel refuses", X86_64, 0,
	 "-a always,exit -F path=/a/\n"
	 "-a always,exit -F dir=/a/ -F perm=w\n"
	 "-a always,exit -F path=a\n"
	 "-a always,exit -F exe=usr\n"
	 "-a always,exit -F path=/a -F dir=/b\n"
	 "-a always,exit -F exe=/a -F exe=/b\n",
	 "2:1 -a always,exit -F dir=/a/ -F perm=w\n",
	 "error 1:16 -F path=/a/: the kernel refuses a path that ends in /\n"
	 "error 3:16 -F path=a: the path must start with /\n"
	 "error 4:16 -F exe=usr: the path must start with /\n"
	 "error 5:27 -F dir=/b: a rule takes only one of path, dir and inode, once\n"
	 "error 6:26 -F exe=/b: a rule takes only one exe\n"},
	{"a rule without a list", X86_64, 0,
	 "-F auid=0\n"
	 "-S open\n"
	 "-k x\n"
	 "-p wa\n",
	 "",
	 "error 1:1 -F auid=0: the list (-a, -A, -d, -w or -W) must be given before it\n"
	 "error 2:1 rule: the rule has no list: -a, -A, -d, -w or -W is missing\n"
	 "error 3:1 -k: a watch, -S, path, dir, perm, exe or fstype must be given before it (-F "
	 "key= may come first)\n"
	 "error 4:1 -p wa: a watch must be given before it\n"},
	{"a line with a fault adds nothing of itself", X86_64, 0,
	 "-b 8192 -f 3\n"
	 "-f 1\n",
	 "2:1 -f 1\n", "error 1:12 -f 3: it takes a number from 0 to 2\n"},
	{"bad control statements", X86_64, 0,
	 "-b x\n"
	 "-b -1\n"
	 "-b 4294967296\n"
	 "-e 3\n"
	 "-e 01\n"
	 "-b\n"
	 "-D -k\n"
	 "-D -w /a\n"
	 "-i -w /a\n"
	 "-q /a\n"
	 "-q /a,\n"
	 "--reset-lost=1\n"
	 "--backlog_wait_time\n",
	 "",
	 "error 1:4 -b x: it takes a number from 0 to 4294967295\n"
	 "error 2:4 -b -1: it takes a number from 0 to 4294967295\n"
	 "error 3:4 -b 4294967296: it takes a number from 0 to 4294967295\n"
	 "error 4:4 -e 3: it takes a number from 0 to 2\n"
	 "error 5:4 -e 01: it takes a number from 0 to 2\n"
	 "error 6:1 -b: it needs a value\n"
	 "error 7:1 -D: it stands alone in its line, or as -D -k KEY\n"
	 "error 7:4 -k: it needs a value\n"
	 "error 8:1 -D: it stands alone in its line, or as -D -k KEY\n"
	 "error 8:4 -w: auditctl reads nothing behind the option before it\n"
	 "error 9:4 -w: auditctl reads nothing behind the option before it\n"
	 "error 10:4 -q /a: a mount point and a subtree, joined by a comma, are wanted\n"
	 "error 11:4 -q /a,: a mount point and a subtree, joined by a comma, are wanted\n"
	 "error 12:1 --reset-lost=1: it takes no value\n"
	 "error 13:1 --backlog_wait_time: it needs a value\n"},
	{"shortened and ambiguous long options", X86_64, 0,
	 "--log\n"
	 "--backlog 5\n"
	 "--reset\n"
	 "--nosuch\n"
	 "--\n",
	 "1:1 --loginuid-immutable\n"
	 "2:1 --backlog_wait_time 5\n",
	 "error 3:1 --reset: auditctl has no such option\n"
	 "error 4:1 --nosuch: auditctl has no such option\n"
	 "error 5:1 --: auditctl has no such option\n"},
	{"options of the command line and unknown ones", X86_64, 0,
	 "-l\n"
	 "-R /etc/audit/x.rules\n"
	 "-m text\n"
	 "-Z\n"
	 "-w /a -Z\n"
	 "word\n"
	 "- s\n",
	 "",
	 "error 1:1 -l: it is for auditctl's command line, not for a rule file\n"
	 "error 2:1 -R: it is for auditctl's command line, not for a rule file\n"
	 "error 3:1 -m: it is for auditctl's command line, not for a rule file\n"
	 "error 4:1 -Z: auditctl has no such option\n"
	 "error 5:7 -Z: auditctl has no such option\n"
	 "error 6:1 word: a word without an option (a blank inside a path or key is written \"\\ "
	 "\")\n"
	 "error 7:1 -: a word without an option (a blank inside a path or key is written \"\\ "
	 "\")\n"},
};

int main(void)
{
	return TABLE_RUN("rule_parse_faults", rows, row_holds);
}
