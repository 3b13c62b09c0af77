#!/bin/sh
# The oldest Linux that can be had, as a folder to build in: Debian 11 (glibc 2.31) with the Python and the SQLite that
# the program needs, compiled from the sources of Debian 12, for the symbols of glibc 2.28 (UOS, Kylin): what 2.29 and
# 2.30 have anew are faster exp, log and pow, and a lock by the steady clock. What is built in it runs from 2.28 on.
#   oldest_base.sh make  DIR           once, as root, with mmdebstrap
#   oldest_base.sh build DIR [ARG...]  installer/build.py of this checkout in it; ARG go to it; what it made lies in dist/
set -eu
verb=$1 base=$2
shift 2
checkout=$(cd "$(dirname "$0")/../.." && pwd)

inside() { chroot "$base" /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root PIP_CERT=/etc/ssl/certs/ca-certificates.crt LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen "$@"; }

mount_all() {
    trap unmount_all EXIT INT TERM
    for name in proc dev sys; do mount --rbind "/$name" "$base/$name" && mount --make-rslave "$base/$name"; done
    cp /etc/resolv.conf "$base/etc/resolv.conf"
    # a workplace may have certificates and package sources of its own
    mkdir -p "$base/etc/ssl/certs" && cp -L /etc/ssl/certs/ca-certificates.crt "$base/etc/ssl/certs/ca-certificates.crt"
}

unmount_all() { for name in proc dev sys; do umount -Rl "$base/$name" 2>/dev/null || true; done; }

case $verb in
make)
    compilers=build-essential,ca-certificates,zlib1g-dev,libbz2-dev,liblzma-dev,libffi-dev,libssl-dev,uuid-dev,tcl,file,xz-utils,binutils
    screen=libglib2.0-0,libegl1,libgl1,libdbus-1-3,libfontconfig1,libxkbcommon0,libxkbcommon-x11-0,libx11-xcb1
    screen=$screen,libwayland-cursor0,libwayland-egl1,libxcb-cursor0,libxcb-icccm4,libxcb-image0,libxcb-keysyms1
    screen=$screen,libxcb-randr0,libxcb-render-util0,libxcb-shape0,libxcb-sync1,libxcb-xfixes0,libxcb-xkb1
    [ -d "$base/usr" ] || mmdebstrap --variant=minbase "--include=$compilers,$screen,fonts-wqy-microhei" bullseye "$base"
    mount_all
    sed -n 's/^deb \(.*\) bullseye main/deb-src \1 bookworm main/p' "$base/etc/apt/sources.list" | head -n 1 >"$base/etc/apt/sources.list.d/sources.list"
    inside sh -eux <<'SCRIPT'
apt-get update -q
mkdir -p /usr/src/oldest && cd /usr/src/oldest
apt-get source -q --download-only python3.11 sqlite3
old=GLIBC_2.2.5; [ "$(uname -m)" = x86_64 ] || old=GLIBC_2.17
for name in exp exp2 log log2 pow; do echo "__asm__(\".symver $name,$name@$old\");"; done >older.h
export CFLAGS="-O2 -include $PWD/older.h" ac_cv_func_sem_clockwait=no
for name in sqlite3 python3.11; do mkdir -p $name && tar -xf ${name}_*.orig.tar.[gx]z -C $name --strip-components=1; done
(cd sqlite3 && ./configure --quiet --disable-tcl --disable-static --disable-readline CFLAGS="$CFLAGS -DSQLITE_ENABLE_COLUMN_METADATA" && make -s -j2 && make -s install && ldconfig)
(cd python3.11 && ./configure --quiet --enable-shared --disable-test-modules --with-ensurepip=install && make -s -j2 && make -s install)
ldconfig
python3.11 -c 'import sqlite3, ssl, lzma, bz2, ctypes; print("SQLite", sqlite3.sqlite_version)'
SCRIPT
    ;;
build)
    mount_all
    mkdir -p "$base/work" "$checkout/dist"
    find "$base/work" -mindepth 1 -maxdepth 1 ! -name .venv -exec rm -rf {} +
    (cd "$checkout" && tar -c --exclude=./.venv --exclude=./dist --exclude=./build --exclude=./.git .) | tar -x -C "$base/work"
    inside sh -euc 'cd /work && python3.11 installer/build.py "$@"' build "$@"
    cp -r "$base"/work/dist/. "$checkout/dist/"
    ;;
*)
    echo "oldest_base.sh make|build DIR" >&2
    exit 2
    ;;
esac
