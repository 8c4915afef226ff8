<?php
// What PHP makes of bodies, by PHP itself: json_encode, hash_hmac. Prints what wrong_code.py prints.
const KEY = '6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10';
const CHALLENGE = 'challenge_063f9ab0f106cc06b7d06e7945b4eced';
$text = file_get_contents(__DIR__ . '/awkward_body.json');
$western = "{\"name\":\"Z\u{fc}rich 'GT' & <b>\",\"quote\":\"a \\\"b\\\"\"}";
$cases = [];

function add(string $id, string $subject, string $message, string $received): void {
    global $cases;
    $cases[] = ['id' => $id, 'subject' => $subject, 'key' => KEY, 'message' => $message, 'received' => $received];
}

function signed(string $id, string $hashed, ?string $message = null): void {
    global $text;
    add($id, 'body', $message ?? $text, hash_hmac('sha256', $hashed, KEY));
}

function answered(string $id, string $received): void {
    add($id, 'challenge', CHALLENGE, $received);
}

$array = json_decode($text, true);
$objects = json_decode($text);
signed('body-slashes-escaped', json_encode($array));
signed('body-slashes-escaped', json_encode($objects));
signed('body-slashes-escaped', json_encode($array, JSON_UNESCAPED_UNICODE));
signed('body-as-php-with-flags', json_encode($array, JSON_UNESCAPED_SLASHES));
signed('body-as-php-with-flags', json_encode($array, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE));
signed('body-pretty-printed-by-php', json_encode($array, JSON_PRETTY_PRINT));
signed('quoted-body', json_encode($text, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS));
signed('object-as-text', @(string) $array);
signed('no-body', json_encode($_POST));
signed('no-body', (string) null);
signed('body-html-entities', htmlspecialchars($western), $western);
signed('body-html-entities', htmlspecialchars($western, ENT_COMPAT), $western);
signed('body-with-backslashes', addslashes($western), $western);
signed('body-without-backslashes', stripslashes($western), $western);
signed('body-read-as-latin1', @utf8_encode($text));
signed('body-in-latin1', @utf8_decode($western), $western);
signed('body-cut-by-characters', substr($text, 0, preg_match_all('/./us', $text)));
signed('message-in-utf16', iconv('UTF-8', 'UTF-16LE', $text));
signed('message-in-base64', base64_encode($text));
signed('message-url-encoded', rawurlencode($western), $western);
signed('body-url-decoded', urldecode('{"a":"100%25 + 1"}'), '{"a":"100%25 + 1"}');

// Numbers where PHP changes its notation, and objects that its arrays take for lists.
foreach (['0.0001', '0.00009', '1e15', '1e16', '1e17', '123456789012345678.5', '-0.0', '5e-324', '9223372036854775807',
          '9223372036854775808', '-1.50', '12345678.9', '1.5e25'] as $number) {
    $body = "{\"docURL\":\"a/b\",\"value\":$number,\"list\":[{},{\"0\":1,\"1\":2},{\"1\":1,\"0\":2},{\"\":null}]}";
    signed('body-slashes-escaped', json_encode(json_decode($body, true)), $body);
    signed('body-slashes-escaped', json_encode(json_decode($body)), $body);
}

$hash = hash_hmac('sha256', CHALLENGE, KEY);
answered('upper-case', strtoupper($hash));
answered('base64', base64_encode(hash_hmac('sha256', CHALLENGE, KEY, true)));
answered('base64-of-hex', base64_encode($hash));
answered('unkeyed-sha256', hash('sha256', CHALLENGE));
answered('key-and-message-swapped', hash_hmac('sha256', KEY, CHALLENGE));
answered('key-and-message-joined', hash('sha256', KEY . CHALLENGE));
answered('key-hex-decoded', hash_hmac('sha256', CHALLENGE, pack('H*', str_replace('-', '', KEY))));
answered('key-base64-decoded', hash_hmac('sha256', CHALLENGE, base64_decode(KEY)));
answered('key-hashed-first', hash_hmac('sha256', CHALLENGE, md5(KEY)));
answered('no-key', hash_hmac('sha256', CHALLENGE, (string) getenv('NO_SUCH_VARIABLE')));
answered('challenge-object', hash_hmac('sha256', json_encode(['challenge' => CHALLENGE]), KEY));
answered('challenge-object', hash_hmac('sha256', @(string) ['challenge' => CHALLENGE], KEY));
answered('sha1', hash_hmac('sha1', CHALLENGE, KEY));
answered('sha3-256', hash_hmac('sha3-256', CHALLENGE, KEY));
answered('sha512-256', hash_hmac('sha512/256', CHALLENGE, KEY));
echo json_encode(['cases' => $cases]);
