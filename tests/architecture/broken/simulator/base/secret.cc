bool opens(Given given) { return given == token.reveal(); }
bool fits(Given given) { return hmac_sha256_hex(key, given.body) == given.hash; }
bool fine(Given given) { return signature::equal(given.hash, hmac_sha256_hex(key, given.body)); }
