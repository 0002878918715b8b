#!/bin/sh
# keys.sh MOONPATCH TYPIST - key files: encrypted, nobody else's, opened by a prompt, a file or the environment.
set -eu
moonpatch=$(realpath "$1") typist=$(realpath "$2")
. "$(dirname "$0")/../lib.sh"
cd "$work"
unset MOONPATCH_PASSPHRASE SOURCE_DATE_EPOCH

# refuse TEXT ARGUMENT ...: exit code 1 and one line of error with these words.
refuse() {
    said=$1
    shift
    expect 1 "$@"
    grep -qF -- "$said" err || fail "moonpatch $*: $(cat err)"
    [ "$(wc -l <err)" = 1 ] || fail "moonpatch $*: more than a line: $(cat err)"
}

echo secret >passphrase
echo wrong >wrong

# What is written, and who can read it.
(umask 000 && expect 0 keygen one --passphrase-file passphrase) || fail "keygen"
[ "$(stat -c %a one.pem)" = 600 ] || fail "others can read the key: $(stat -c %a one.pem)"
grep -q '^-----BEGIN ENCRYPTED PRIVATE KEY-----$' one.pem || fail "one.pem is not encrypted"
openssl asn1parse -in one.pem | grep -q scrypt || fail "not by scrypt"
openssl asn1parse -in one.pem | grep -q aes-256-cbc || fail "not by AES-256"
openssl pkey -in one.pem -passin pass:secret -noout || fail "OpenSSL does not open it"
[ "$(ls)" = "$(printf 'err\none.pem\none.pub\nout\npassphrase\nwrong')" ] || fail "other files: $(ls)"
MOONPATCH_PASSPHRASE=other expect 0 keygen two --type ecdsa
openssl pkey -in two.pem -passin pass:other -noout || fail "the environment's passphrase does not open it"
expect 0 keygen three --type rsa --passphrase-file passphrase
openssl pkey -in three.pem -passin pass:secret -noout -text | grep -q '(3072 bit' || fail "rsa: its bits"

# The public half is what the private one says.
public=$(openssl pkey -in one.pem -passin pass:secret -pubout -outform DER | tail -c 32 | od -An -tx1 | tr -d ' \n')
grep -q "\"public\": \"$public\"" one.pub || fail "one.pub is another key's: $(cat one.pub)"

# A short passphrase is told when a key is made, and a long one is not.
expect 0 keygen short --passphrase-file passphrase
grep -q 'warning: a passphrase of less than 16 bytes is soon guessed' err || fail "a short passphrase: $(cat err)"
echo five words for one key >words
expect 0 keygen long --passphrase-file words
[ ! -s err ] || fail "a long passphrase: $(cat err)"

# Keys are never written over.
cp one.pem before
refuse "'one.pem' is there already" keygen one --passphrase-file passphrase
rm one.pem
refuse "'one.pub' is there already" keygen one --passphrase-file passphrase
cp -p before one.pem
mistake "keygen: there are no keys of type 'dsa': ed25519, ecdsa or rsa" keygen four --type dsa --passphrase-file passphrase
[ ! -e four.pem ] || fail "a key of no type was made"
refuse "no/such" keygen no/such/folder/key --passphrase-file words

# Nobody to ask: that is told, with what to do.
setsid "$moonpatch" keygen five </dev/null >out 2>err && fail "a key without a passphrase"
grep -q "there is no terminal to ask at: set MOONPATCH_PASSPHRASE, or name a file with --passphrase-file" err || fail "$(cat err)"
: >empty
expect 2 keygen five --passphrase-file empty
expect 1 keygen five --passphrase-file missing
[ ! -e five.pem ] || fail "there is a key all the same"

# The prompt asks twice, and shows nothing.
printf 'typed words\ntyped words\n' | "$typist" "$moonpatch" keygen six >screen || fail "prompt: $(cat screen)"
grep -q 'Passphrase for six.pem: ' screen && grep -q 'The same again: ' screen || fail "prompt: $(cat screen)"
! grep -q 'typed words' screen || fail "the passphrase is shown"
openssl pkey -in six.pem -passin 'pass:typed words' -noout || fail "another passphrase than was typed"
printf 'one thing\nanother\n' | "$typist" "$moonpatch" keygen seven >screen && fail "two passphrases made a key"
grep -q 'those were two passphrases' screen && [ ! -e seven.pem ] || fail "$(cat screen)"

# A channel's keys are made by init; they open by each of the ways.
expect 0 channel init stable --app moonbase --passphrase-file passphrase --now 2026-01-31
[ "$(stat -c %a stable.keys/*.pem | sort -u)" = 600 ] || fail "others can read the keys"
refuse "the passphrase does not open it" refresh-timestamp stable --passphrase-file wrong --now 2026-02-01
MOONPATCH_PASSPHRASE=secret expect 0 refresh-timestamp stable --now 2026-02-01
printf 'mistyped\nsecret\n' | "$typist" "$moonpatch" refresh-timestamp stable --now 2026-02-02 >screen || fail "$(cat screen)"
[ "$(grep -c 'Passphrase for' screen)" = 2 ] || fail "it does not ask again: $(cat screen)"

# A key that others can read is refused.
chmod 640 stable.keys/timestamp-1.pem
refuse "is a secret that others may read (mode 640): chmod 600 it" refresh-timestamp stable --passphrase-file passphrase --now 2026-02-03
chmod 600 stable.keys/timestamp-1.pem
expect 0 refresh-timestamp stable --passphrase-file passphrase --now 2026-02-03

# What is missing is named.
mv stable.keys/timestamp-1.pem elsewhere.pem
refuse "timestamp needs 1 of its keys to sign, and 0 of them are in stable.keys" refresh-timestamp stable --passphrase-file passphrase --now 2026-02-04
mkdir stick && mv elsewhere.pem stick/any.pem && cp stable.keys/timestamp-1.pub stick/any.pub
expect 0 refresh-timestamp stable --keys stable.keys --keys stick --passphrase-file passphrase --now 2026-02-04

mistake "keygen: one name for the key expected; see moonpatch keygen --help" keygen
mistake "keygen: unknown option '--fast'; see moonpatch keygen --help" keygen --fast
mistake "keygen: --type: its value is missing" keygen x --type
