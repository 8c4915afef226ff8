<?php
// Right: on PHP's own web server, the bytes of php://input are hashed.

declare(strict_types=1);

$token = getenv('APPLICATION_MANAGEMENT_TOKEN');
$raw = file_get_contents('php://input');
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
$body = json_decode($raw, true);
$isJson = json_last_error() === JSON_ERROR_NONE;

$challenge = null;
if (($body['eventName'] ?? null) === 'verify') {
    $challenge = $body['payload']['challenge'] ?? null;
} elseif (($body['eventType'] ?? null) === 'VERIFY') {
    $challenge = $body['data']['challenge'] ?? null;
}
if (is_string($challenge) && preg_match('/^[A-Za-z0-9._~-]{8,128}$/D', $challenge)) {
    answer(200, ['challenge' => hash_hmac('sha256', $challenge, $token)]);
}
if (!hash_equals(hash_hmac('sha256', $raw, $token), $signature)) {
    answer(401, ['error' => 'wrong signature']);
}
if (!$isJson) {
    answer(400, ['error' => 'not JSON']);
}
answer(200, ['received' => true]);
