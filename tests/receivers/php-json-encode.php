<?php
// Wrong: json_encode() of the parsed body is hashed, which writes \/ and \u00e9 and so refuses a real event that holds an
// address or an umlaut, and takes another text of the same JSON for the signed one.

declare(strict_types=1);

$token = getenv('APPLICATION_MANAGEMENT_TOKEN');
$signature = $_SERVER['HTTP_SC_SIGNATURE'] ?? '';

function answer(int $status, array $body): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    exit(json_encode($body));
}

if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    header('Allow: POST');
    answer(405, ['error' => 'POST only']);
}
$body = json_decode(file_get_contents('php://input'), true);
if (!is_array($body)) {
    answer(400, ['error' => 'not JSON']);
}

$challenge = null;
if (($body['eventName'] ?? null) === 'verify') {
    $challenge = $body['payload']['challenge'] ?? null;
} elseif (($body['eventType'] ?? null) === 'VERIFY') {
    $challenge = $body['data']['challenge'] ?? null;
}
if (is_string($challenge) && preg_match('/^[A-Za-z0-9._~-]{8,128}$/D', $challenge)) {
    answer(200, ['challenge' => hash_hmac('sha256', $challenge, $token)]);
}
if (!hash_equals(hash_hmac('sha256', (string) json_encode($body), $token), $signature)) {
    answer(401, ['error' => 'wrong signature']);
}
answer(200, ['received' => true]);
