# Ends the processes of a test and removes their folder, however the test ended: it reads the
# numbers of process groups from its input until that closes, which it does with the test's life.
set -u
folder=$1
groups=''
while read -r group; do groups="$groups $group"; done

signal() {
    for group in $groups; do kill -s "$1" -- "-$group" 2>/dev/null || true; done
}
alive() {
    for group in $groups; do kill -s 0 -- "-$group" 2>/dev/null && return 0; done
    return 1
}

signal TERM
tries=0
while alive && [ "$tries" -lt 30 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
signal KILL
rm -rf -- "$folder"
