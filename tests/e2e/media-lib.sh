# media-lib.sh - the medium between the laptops: a FAT or ext4 image, or a plain folder; sourced.
# $stick is where it is plugged in, $kind what it is.
stick=$WORK/port/stick
PATH=$PATH:/usr/sbin:/sbin
mounts="$stick $WORK/away/stick"
[ "$(id -u)" -ne 0 ] || may_mount=yes

now_ms() { echo $(($(date +%s%N) / 1000000)); }
can_mount() {
  [ -n "${may_mount:-}" ] || { echo "only root mounts here"; return 1; }
  [ -e /dev/loop-control ] || { echo "this machine has no loop devices"; return 1; }
  grep -qw "$1" /proc/filesystems || modprobe -q "$1" 2>/dev/null || { echo "this kernel knows no $1"; return 1; }
  command -v "mkfs.$1" >/dev/null || { echo "there is no mkfs.$1"; return 1; }
}

# make_medium KIND: else why not
make_medium() {
  rm -rf "$WORK/medium"
  case $1 in
    FAT) can_mount vfat || return 1
      truncate -s 64M "$WORK/medium" && mkfs.vfat -F 32 -n STICK "$WORK/medium" >/dev/null 2>&1 ;;
    ext4) can_mount ext4 || return 1
      truncate -s 64M "$WORK/medium" && mkfs.ext4 -q -F -m 0 -N 8192 "$WORK/medium" ;;
    folder) mkdir "$WORK/medium"; return ;;
  esac || { echo "an image cannot be made"; return 1; }
  insert 2>/dev/null || { echo "images cannot be mounted here"; return 1; }
  rm -rf "$stick/lost+found"
  remove
}

insert() {
  mkdir -p "$WORK/port"
  if [ "$kind" = folder ]; then
    mv "$WORK/medium" "$stick"
  else
    mkdir -p "$stick" && mount -o loop "$WORK/medium" "$stick"
  fi
}
# As on a desktop the folder goes with the medium, and nobody can write into it in between.
remove() {
  if [ "$kind" = folder ]; then
    mv "$stick" "$WORK/medium"
  else
    rm -rf "$WORK/away"
    mv "$WORK/port" "$WORK/away"
    { umount "$WORK/away/stick" 2>/dev/null || umount -l "$WORK/away/stick"; } && rm -r --one-file-system "$WORK/away"
  fi
}

list_stick() { ls "$stick"; }
# names as a stick may hand them back
shout() {
  local name
  for name in $(ls "$stick"); do mv "$stick/$name" "$stick/$name.x" && mv "$stick/$name.x" "$stick/${name^^}"; done
}

# fill_stick BYTES: about so much room is left
fill_stick() {
  head -c "$1" /dev/zero >"$stick/filler.2" && sync "$stick/filler.2"
  dd if=/dev/zero of="$stick/filler.1" bs=64K status=none 2>/dev/null
  rm "$stick/filler.2"
  sync -f "$stick"
}

# lock_stick: nothing can be written; else why that cannot be done
lock_stick() {
  if [ "$kind" != folder ]; then
    mount -o remount,ro "$stick" 2>&1
  elif [ "$(id -u)" -ne 0 ]; then
    chmod 555 "$stick"
  else
    { mount --bind "$stick" "$stick" && mount -o remount,ro,bind "$stick"; } 2>/dev/null || { echo "root may write everywhere"; return 1; }
  fi
}
unlock_stick() {
  if [ "$kind" != folder ]; then
    mount -o remount,rw "$stick"
  elif [ "$(id -u)" -ne 0 ]; then
    chmod 700 "$stick"
  else
    umount "$stick"
  fi
}

# --- other people's files: newer than ours, of sizes that ours could have, some with such names ---

make_aliens() {
  perl -e '
    my ($dir, $n, $seed, $whole) = @ARGV;
    srand $seed;
    my @letters = ("a".."z", 2..7);
    for my $i (1..$n) {
      my $name = $i % 5 ? "alien $i" : join "", map { $letters[rand 32] } 1..26;
      open my $file, ">", "$dir/$name.dat" or die "$!";
      print $file pack "L*", map { rand 2**32 } 1..150;
      truncate $file, 65536 if $i <= $whole;
      close $file or die "$!";
      print "$name.dat\n";
    }' "$stick" "$ALIENS" "$SEED" "$([ "$kind" = FAT ] && echo 300 || echo "$ALIENS")" >"$WORK/aliens"
}
count_aliens() { ls "$stick" | sort | comm -12 - <(sort "$WORK/aliens") | wc -l; }
remove_aliens() { (cd "$stick" && tr '\n' '\0' <"$WORK/aliens" | xargs -0 rm -f); }

# --- pulled ---

# moment PID US PART CUT: so many microseconds from now, or from when a .part is there. With CUT the
# file system stops right then, with what is on the medium and no more (FS_IOC_SHUTDOWN, which ext4
# knows); fails where that is not to be had.
moment() {
  perl -e '
    my ($dir, $pid, $us, $part, $cut) = @ARGV;
    open my $root, "<", $dir or exit 1;
    while ($part && kill 0, $pid) { opendir my $d, $dir or last; last if grep /[.]part$/, readdir $d; }
    select undef, undef, undef, $us / 1e6;
    exit 0 unless $cut;
    ioctl $root, 0x8004587d, pack("L", 2) or exit 1;' "$stick" "$@" 2>/dev/null
}

# pull PID US PART: at that moment; ends when the programme has ended, with its exit code
pull() {
  local pid=$1 code
  if [ "$kind" = folder ]; then
    moment "$@" ""
    pull_folder "$pid"
    return
  fi
  if ! moment "$@" cut; then    # what has reached the image so far is the stick from now on
    kill -STOP "$pid" 2>/dev/null
    cp --sparse=always "$WORK/medium" "$WORK/pulled"
    remove
    kill -CONT "$pid" 2>/dev/null
  else
    remove
  fi
  wait "$pid"
  code=$?
  [ ! -e "$WORK/pulled" ] || mv "$WORK/pulled" "$WORK/medium"
  return $code
}
# Every other time the folder goes away; else the programme is killed, and the newest of its files
# ends somewhere.
pull_folder() {
  local code newest
  if [ $((RANDOM % 2)) -eq 0 ]; then
    remove
    wait "$1"
    return
  fi
  kill -9 "$1" 2>/dev/null
  wait "$1"
  code=$?
  newest=$(find "$stick" -type f -cnewer "$WORK/begun" -printf '%C@ %p\n' | sort -n | tail -1 | cut -d' ' -f2-)
  if [ $code -eq 137 ] && [ -n "$newest" ]; then truncate -s $(((RANDOM * 32768 + RANDOM) % ($(stat -c %s "$newest") + 1))) "$newest"; fi
  remove
  return $code
}
