// One answer a line for the questions in the file argv names:
//   json TEXT    JSON.stringify(JSON.parse(TEXT)), or "refused"
//   bits HEX     String(x) of the double with those 64 bits
import { readFileSync, writeSync } from 'node:fs';

const view = new DataView(new ArrayBuffer(8));

function number(bits) {
  view.setBigUint64(0, BigInt(`0x${bits}`));
  return String(view.getFloat64(0));
}

function again(text) {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return 'refused';
  }
}

const questions = readFileSync(process.argv[2], 'utf8').split('\n').slice(0, -1);
const answers = questions.map((line) => (line.startsWith('bits ') ? number(line.slice(5)) : again(line.slice(5))));
let left = Buffer.from(answers.map((answer) => `${answer}\n`).join(''));
while (left.length > 0) {
  left = left.subarray(writeSync(1, left));
}
