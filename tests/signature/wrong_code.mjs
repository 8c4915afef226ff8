// What Node makes of bodies, by Node itself: JSON, Buffer, crypto. Prints what wrong_code.py prints.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

const key = '6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10';
const challenge = 'challenge_063f9ab0f106cc06b7d06e7945b4eced';
const raw = readFileSync(new URL('awkward_body.json', import.meta.url));
const text = raw.toString('utf8');
const western = '{"name":"Zürich"}';
const cases = [];

const mac = (message, under = key) => createHmac('sha256', under).update(message);
const add = (id, subject, message, received, more) => cases.push({ id, subject, key, message, received, ...more });
const signed = (id, hashed, message = text) => add(id, 'body', message, mac(hashed).digest('hex'));
const answered = (id, received, more) => add(id, 'challenge', challenge, received, more);

const parsed = JSON.parse(text);
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
// What fast-json-stable-stringify does: JavaScript itself keeps no order among keys that look like numbers.
const stable = (value) => {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${stable(value[name])}`).join(',')}}`;
};

signed('body-as-node', JSON.stringify(parsed));
signed('body-sorted', stable(parsed));
signed('body-pretty-printed', JSON.stringify(parsed, null, 2));
signed('body-pretty-printed', JSON.stringify(parsed, null, 4));
signed('body-pretty-printed', JSON.stringify(parsed, null, '\t'));
signed('quoted-body', JSON.stringify(text));
signed('buffer-as-json', JSON.stringify(raw));
signed('object-as-text', `${parsed}`);
signed('object-as-text', String(parsed));
signed('no-body', `${undefined}`);
signed('no-body', JSON.stringify({}));
signed('body-in-latin1', Buffer.from(text, 'latin1'));
signed('body-in-latin1', Buffer.from(western, 'binary'), western);
signed('body-read-as-latin1', raw.toString('latin1'));
signed('body-read-as-latin1', new TextDecoder('windows-1252').decode(Buffer.from(western)), western);
signed('body-characters-lost', raw.toString('ascii'));
signed('body-cut-by-characters', raw.subarray(0, text.length));
signed('message-in-utf16', Buffer.from(text, 'utf16le'));
signed('message-in-base64', raw.toString('base64'));
signed('message-in-hex', raw.toString('hex'));
signed('message-url-encoded', encodeURIComponent(western).replace("'", '%27'), western);
signed('message-behind-timestamp', `${undefined}.${text}`);

// Numbers where JavaScript changes its notation, and keys that it moves.
for (const number of ['0.000001', '0.0000001', '1e21', '123456789012345680000', '-0', '5e-324', '1.7976931348623157e308',
  '1e400', '12345678901234567890', '0.1', '100', '-1.50']) {
  const body = `{"b":1.0,"value": ${number},"7":[],"a":{"01":1,"1":2,"4294967295":3,"4294967294":4}}`;
  signed('body-as-node', JSON.stringify(JSON.parse(body)), body);
}
signed('body-as-node', JSON.stringify(JSON.parse('{"a":"\\ud83d","b":1,"a":1.0}')), '{"a":"\\ud83d","b":1,"a":1.0}');

const digest = mac(challenge).digest();
answered('base64', digest.toString('base64'));
answered('byte-list', new Uint8Array(digest).toString());
answered('raw-bytes', mac(challenge).digest('binary'));
answered('base64-of-hex', btoa(digest.toString('hex')));
answered('percent-encoded', encodeURIComponent(digest.toString('base64')));
answered('absent-challenge', mac(`${undefined}`).digest('hex'));
answered('challenge-object', mac(JSON.stringify({ challenge })).digest('hex'));
answered('challenge-object', mac(`${{ challenge }}`).digest('hex'));
answered('quoted-challenge', mac(JSON.stringify(challenge)).digest('hex'));
answered('unkeyed-sha256', createHash('sha256').update(challenge).digest('hex'));
answered('key-and-message-swapped', createHmac('sha256', challenge).update(key).digest('hex'));
answered('key-hex-decoded', mac(challenge, Buffer.from(key, 'hex')).digest('hex'));
answered('key-base64-decoded', mac(challenge, Buffer.from(key, 'base64')).digest('hex'));
answered('key-in-quotes', mac(challenge, JSON.stringify(key)).digest('hex'));
answered('no-key', mac(challenge, `${process.env.NO_SUCH_VARIABLE}`).digest('hex'));
answered('placeholder', `${Promise.resolve('')}`);
answered('placeholder', `${process.env.NO_SUCH_VARIABLE}`);
console.log(JSON.stringify({ cases }));
