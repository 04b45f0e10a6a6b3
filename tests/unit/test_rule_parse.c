#include "tests/unit/rule_parse_row.h"

static struct row rows[] = {
	{"C22: a last line without its newline is a rule", X86_64, 0,
	 "-w /etc/localtime -p wa -k time",
	 "1:1 -a always,exit -F path=/etc/localtime -F perm=wa -F key=time\n",
	 "warning 1:0 no newline at the end of the file: augenrules glues the next file's first "
	 "line to this one\n"},
	{"C23: blanks, tabs, CRLF and an indented comment", X86_64, 0,
	 "\t \n"
	 "-w /etc/docker -p wa -k docker\r\n"
	 "   # note\r\n",
	 "2:1 -a always,exit -F dir=/etc/docker -F perm=wa -F key=docker\n",
	 "warning 1:1 tab at the end of the line: auditctl 3.0.9 takes it into the last word, or "
	 "for a word\n"
	 "warning 2:31 line ends in CR LF: auditctl 3.0.9 takes the carriage return into the last "
	 "word\n"},
	{"C24: an option swallowed as the value of -k", X86_64, 0,
	 "-a always,exit -F arch=b64 -S sethostname -k -F system-locale\n"
	 "-a always,exit -F arch=b64 -S mount -F -k mounts\n"
	 "-w /a -p w -k ok\n",
	 "3:1 -a always,exit -F path=/a -F perm=w -F key=ok\n",
	 "error 1:43 -k: it needs a value, and the next word is the option -F\n"
	 "error 2:37 -F: it needs a value, and the next word is the option -k\n"},
	{"C25: a user that this host doesn't have", X86_64, 0,
	 "-a never,exit -F arch=b64 -S adjtimex -F auid=unset -F uid=nosuchuser_zz\n"
	 "-a never,exit -F arch=b64 -S adjtimex -F auid=unset -F uid=alice\n",
	 "2:1 -a never,exit -F arch=b64 -S adjtimex -F auid=unset -F uid=1000\n",
	 "error 1:53 -F uid=nosuchuser_zz: there is no user \"nosuchuser_zz\" on this host\n"},
	{"C27: an unknown system call", X86_64, 0,
	 "-a always,exit -F arch=b64 -S nosuchcall -k m\n", "",
	 "error 1:31 -S nosuchcall: there is no system call \"nosuchcall\" on x86_64 (b64)\n"},
	{"C27: every unknown system call of a list is named", X86_64, 0,
	 "-a always,exit -F arch=b64 -S open,nosuchcall,close,alsonot -k m\n", "",
	 "error 1:36 -S nosuchcall: there is no system call \"nosuchcall\" on x86_64 (b64)\n"
	 "error 1:53 -S alsonot: there is no system call \"alsonot\" on x86_64 (b64)\n"},
	{"C28: the uid 4294967295 is in range, 4294967296 is not", X86_64, 0,
	 "-a always,exit -F arch=b64 -S chown -F auid>=1000 -F auid!=4294967295 -k p\n"
	 "-a always,exit -F arch=b64 -S chown -F auid!=4294967296 -k p\n",
	 "1:1 -a always,exit -F arch=b64 -S chown -F auid>=1000 -F auid!=unset -F key=p\n",
	 "error 2:37 -F auid!=4294967296: auid takes a number from -2147483648 to 4294967295, not "
	 "\"4294967296\"\n"},
	{"C28: -1, unset and hexadecimal are the same uid", X86_64, 0,
	 "-a always,exit -F arch=b64 -S chown -F auid!=-1 -F uid=0xFFFFFFFF -F euid=unset\n",
	 "1:1 -a always,exit -F arch=b64 -S chown -F auid!=unset -F uid=unset -F euid=unset\n", ""},
	{"C29: two keys", X86_64, 0, "-w /etc/docker -p wa -k docker -k cis-1.1.7\n",
	 "1:1 -a always,exit -F dir=/etc/docker -F perm=wa -F key=docker -F key=cis-1.1.7\n", ""},
	{"C05: -A prepends", X86_64, 0,
	 "-A never,exit -F arch=b64 -S openat -F exe=/usr/bin/containerd-shim-runc-v2\n",
	 "1:1 -A never,exit -F arch=b64 -S openat -F exe=/usr/bin/containerd-shim-runc-v2\n", ""},
	{"C06: a directory with and without its slash", X86_64, 0,
	 "-w /etc/docker -p wa\n"
	 "-w /etc/docker/ -p wa\n"
	 "-w /etc/docker///\n",
	 "1:1 -a always,exit -F dir=/etc/docker -F perm=wa\n"
	 "2:1 -a always,exit -F dir=/etc/docker -F perm=wa\n"
	 "3:1 -a always,exit -F dir=/etc/docker -F perm=rwxa\n",
	 ""},
	{"C06: what is no directory, or not there, is a path", X86_64, 0,
	 "-w /run/containerd/ -p wa\n", "1:1 -a always,exit -F path=/run/containerd -F perm=wa\n",
	 ""},
	{"C08: system calls that another machine has are left out", AARCH64, DROP,
	 "-a always,exit -F arch=b64 -S open,openat,rename,renameat2,chmod,fchmodat -k x\n",
	 "1:1 -a always,exit -F arch=b64 -S fchmodat,openat,renameat2 -F key=x\n",
	 "notice 1:31 -S open: this machine has no such system call: left out\n"
	 "notice 1:43 -S rename: this machine has no such system call: left out\n"
	 "notice 1:60 -S chmod: this machine has no such system call: left out\n"},
	{"C08: a rule that loses all of them is left out", AARCH64, DROP,
	 "-a always,exit -F arch=b64 -S open,rename -k x\n"
	 "-w /a -p w\n",
	 "2:1 -a always,exit -F path=/a -F perm=w\n",
	 "notice 1:31 -S open: this machine has no such system call: left out\n"
	 "notice 1:36 -S rename: this machine has no such system call: left out\n"
	 "notice 1:1 rule left out: this machine has none of its system calls\n"},
	{"C08: where there is no 32-bit table the b32 twin is left out", PPC64LE, DROP,
	 "-a always,exit -F arch=b64 -S openat -k x\n"
	 "-a always,exit -F arch=b32 -S open -k x\n",
	 "1:1 -a always,exit -F arch=b64 -S openat -F key=x\n",
	 "notice 2:16 -F arch=b32: this machine has no such table of system calls: rule left "
	 "out\n"},
	{"C08: strictly they are errors", AARCH64, 0,
	 "-a always,exit -F arch=b64 -S open,openat -k x\n"
	 "-a always,exit -F arch=b32 -S open -k x\n",
	 "2:1 -a always,exit -F arch=b32 -S open -F key=x\n",
	 "error 1:31 -S open: there is no system call \"open\" on aarch64 (b64)\n"},
	{"C08: no 32-bit table, strictly", PPC64LE, 0, "-a always,exit -F arch=b32 -S open -k x\n",
	 "", "error 1:16 -F arch=b32: there is no architecture \"b32\" on this machine\n"},
	{"C08: a misspelt call is an error in any case", AARCH64, DROP,
	 "-a always,exit -F arch=b64 -S opennat -k x\n", "",
	 "error 1:31 -S opennat: there is no system call \"opennat\" on aarch64 (b64)\n"},
	{"nothing", X86_64, 0, "", "", ""},
	{"comments and blank lines", X86_64, 0,
	 "# a\n"
	 "\n"
	 "   # b\n"
	 "-D\n",
	 "4:1 -D\n", ""},
	{"list and action in either order", X86_64, 0,
	 "-a exit,always -S open\n"
	 "-a always,exit -S open\n"
	 "-d task,never -F pid=1\n",
	 "1:1 -a always,exit -S open\n"
	 "2:1 -a always,exit -S open\n"
	 "3:1 -d never,task -F pid=1\n",
	 ""},
	{"field names in any case", X86_64, 0,
	 "-a always,exit -F ARCH=B64 -S open -F Key=a -F Auid=0 -k b\n",
	 "1:1 -a always,exit -F arch=b64 -S open -F auid=0 -F key=a -F key=b\n", ""},
	{"several -S and comma lists", X86_64, 0,
	 "-a always,exit -F arch=b64 -S open -S close,read -S 2 -S 0x101\n",
	 "1:1 -a always,exit -F arch=b64 -S read,open,close,openat\n", ""},
	{"all system calls", X86_64, 0,
	 "-a always,exit -F arch=b64 -S all -k x\n"
	 "-a always,exit -F auid=0\n",
	 "1:1 -a always,exit -F arch=b64 -S all -F key=x\n"
	 "2:1 -a always,exit -F auid=0\n",
	 ""},
	{"b32 has its own numbers", X86_64, 0,
	 "-a always,exit -F arch=b32 -S connect\n"
	 "-a always,exit -F arch=i386 -S 362\n"
	 "-a always,exit -F arch=x86_64 -S connect\n",
	 "1:1 -a always,exit -F arch=b32 -S connect\n"
	 "2:1 -a always,exit -F arch=b32 -S connect\n"
	 "3:1 -a always,exit -F arch=b64 -S connect\n",
	 ""},
	{"an architecture by number", X86_64, 0,
	 "-a always,exit -F arch=0xC000003E -S open\n"
	 "-a always,exit -F arch=c00000b7 -S openat\n"
	 "-a always,exit -F arch=3221225534 -S open\n",
	 "1:1 -a always,exit -F arch=b64 -S open\n"
	 "2:1 -a always,exit -F arch=aarch64 -S openat\n"
	 "3:1 -a always,exit -F arch=b64 -S open\n",
	 ""},
	{"a watch with further conditions", X86_64, 0,
	 "-w /etc/passwd -p wa -F auid>=1000 -C uid!=euid -k id\n",
	 "1:1 -a always,exit -F path=/etc/passwd -F perm=wa -F auid>=1000 -C uid!=euid -F key=id\n",
	 ""},
	{"removed watches and rules", X86_64, 0,
	 "-W /etc/docker -p wa -k docker\n"
	 "-d always,exit -F arch=b64 -S open -F key=x\n",
	 "1:1 -d always,exit -F dir=/etc/docker -F perm=wa -F key=docker\n"
	 "2:1 -d always,exit -F arch=b64 -S open -F key=x\n",
	 ""},
	{"comparisons of fields in either order", X86_64, 0,
	 "-a always,exit -C uid!=euid\n"
	 "-a always,exit -C euid!=uid\n"
	 "-a always,exit -C obj_gid=sgid\n"
	 "-a always,exit -F field_compare=11\n",
	 "1:1 -a always,exit -C uid!=euid\n"
	 "2:1 -a always,exit -C uid!=euid\n"
	 "3:1 -a always,exit -C sgid=obj_gid\n"
	 "4:1 -a always,exit -C uid=euid\n",
	 ""},
	{"a file type by number in a listing", X86_64, LISTING,
	 "-a always,exit -S all -F filetype=49152 -F a2=0x6E -F auid!=-1\n",
	 "1:1 -a always,exit -F filetype=socket -F a2=0x6E -F auid!=unset\n", ""},
	{"control statements", X86_64, 0,
	 "-D\n"
	 "-D -k docker\n"
	 "-b 8192\n"
	 "-f 1\n"
	 "-e 2\n"
	 "-r 0\n"
	 "-c\n"
	 "-i\n"
	 "-t\n"
	 "-q /mnt,/mnt/a\n"
	 "--backlog_wait_time 60000\n"
	 "--backlog_wait_time=1\n"
	 "--loginuid-immutable\n"
	 "--reset-lost\n"
	 "--reset_backlog_wait_time_actual\n",
	 "1:1 -D\n"
	 "2:1 -D -k docker\n"
	 "3:1 -b 8192\n"
	 "4:1 -f 1\n"
	 "5:1 -e 2\n"
	 "6:1 -r 0\n"
	 "7:1 -c\n"
	 "8:1 -i\n"
	 "9:1 -t\n"
	 "10:1 -q /mnt,/mnt/a\n"
	 "11:1 --backlog_wait_time 60000\n"
	 "12:1 --backlog_wait_time 1\n"
	 "13:1 --loginuid-immutable\n"
	 "14:1 --reset-lost\n"
	 "15:1 --reset_backlog_wait_time_actual\n",
	 ""},
	{"several control statements in a line", X86_64, 0,
	 "-b 8192 -f 1 --backlog_wait_time 60000\n"
	 "-e1 -w /a -p w\n",
	 "1:1 -b 8192\n"
	 "1:9 -f 1\n"
	 "1:14 --backlog_wait_time 60000\n"
	 "2:1 -e 1\n"
	 "2:1 -a always,exit -F path=/a -F perm=w\n",
	 ""},
};

int main(void)
{
	return TABLE_RUN("rule_parse", rows, row_holds);
}
