// How much processor time it takes to say that no known mistake makes a hash: the whole space is searched.
import { join } from 'node:path';
import { rounds, row, withForeign } from './figures.mjs';
import { execute } from './peers.mjs';

export async function explaining(program) {
  const search = join(program, '..', 'bench', 'explain');
  const { result: { stdout }, foreign } = await withForeign(() => execute(search, [String(4 * rounds)]));
  const { tried, explained, bare } = JSON.parse(stdout);
  return {
    samples: { tried, explained, bare },
    rows: [
      row(`an unknown hash of 20 KB explained, ${tried} hashes tried`, explained, { aim: 50, atMost: true, digits: 1, unit: 'ms', foreign }),
      row('  against as many bare HMACs of the body', explained.map((each, round) => each / bare[round]), { aim: 2, atMost: true, foreign }),
    ],
  };
}
