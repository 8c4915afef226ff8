#!/bin/sh
# constant_time.sh ROOT: secrets and the hashes made with them are compared by signature::equal alone, which is
# OpenSSL's CRYPTO_memcmp: prints every other comparison under ROOT/simulator, and fails when there is one.
set -eu
cd "$1"
secret='(hmac_sha256(_hex)?\([^=]*\)|reveal\(\))'
found=$(grep -rnE --include='*.cc' --include='*.h' "$secret *[!=]=|[!=]= *[A-Za-z_:.>()-]*$secret" simulator || true)
if ! sed -n '/^bool equal(/,/^}/p' simulator/signature/hmac.cc 2>/dev/null | grep -q 'CRYPTO_memcmp('; then
    found="$found
simulator/signature/hmac.cc: equal() does not use CRYPTO_memcmp"
fi
[ -n "$found" ] || exit 0
printf 'compare with signature::equal: %s\n' "$found"
exit 1
