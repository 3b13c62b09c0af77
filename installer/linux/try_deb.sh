#!/bin/sh
# A .deb in a fresh Debian: installed with its dependencies, run, removed; nothing may be left. As root, with mmdebstrap.
#   try_deb.sh FILE.deb DIR [SUITE]    DIR is made and holds the system afterwards; SUITE is bookworm where none is given
set -eu
deb=$(readlink -f "$1") base=$2 suite=${3:-bookworm}

# mounts end with the namespace, whatever happens
[ -n "${IN_NAMESPACE:-}" ] || IN_NAMESPACE=1 exec unshare --mount --propagation private "$0" "$deb" "$base" "$suite"

[ -d "$base/usr" ] || mmdebstrap --quiet --variant=minbase "$suite" "$base"
cp /etc/resolv.conf "$base/etc/resolv.conf"
cp "$deb" "$base/tmp/package.deb"
mount -t proc proc "$base/proc"
mount --rbind /dev "$base/dev"
chroot "$base" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/home/clerk LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive sh -eu <<'SCRIPT'
list() { find / -xdev \( -path /proc -o -path /dev -o -path /tmp -o -path /home -o -path /var \) -prune -o -print | sort; }
apt-get update -qq
# its dependencies first, so that what it leaves behind itself can be told from theirs
apt-get install -qq -y --no-install-recommends $(dpkg-deb --field /tmp/package.deb Depends | sed 's/([^)]*)//g; s/|[^,]*//g; s/,/ /g') shared-mime-info desktop-file-utils >/dev/null
update-mime-database /usr/share/mime
list >/tmp/before
apt-get install -qq -y --no-install-recommends /tmp/package.deb >/dev/null
echo "installed: $(dpkg-query --show zhenggai-desktop)"
mkdir -p "/home/clerk/台账 文件" && cd "/home/clerk/台账 文件"
zhenggai --version
zhenggai import 台账.zgtz /opt/zhenggai-desktop/_internal/resources/samples/示例整改通报.txt >/dev/null
zhenggai export 台账.zgtz 台账.xlsx && zhenggai notice 台账.zgtz 通报.docx
test -s 台账.xlsx && test -s 通报.docx
QT_QPA_PLATFORM=offscreen zhenggai-desktop 台账.zgtz --picture 照片.png --quit-after-start
test -s 照片.png && echo "window: photographed"
grep -q 'x-zhenggai-ledger=zhenggai-desktop.desktop' /usr/share/applications/mimeinfo.cache && echo "ledgers: associated"
grep -q '\.zgtz' /usr/share/mime/globs && echo "kind of file: known"
desktop-file-validate /usr/share/applications/zhenggai-desktop.desktop
apt-get remove -qq -y zhenggai-desktop >/dev/null
test -s 台账.zgtz && echo "ledger: kept"
list >/tmp/after
left=$(comm -13 /tmp/before /tmp/after | grep -v -e '/usr/share/applications/mimeinfo.cache$' -e '/__pycache__' || true)
test -z "$left" || { echo "left behind: $left" >&2; exit 1; }
echo "removed: nothing is left"
SCRIPT
