// From contenders to the lines of the table: who takes which turn, what a turn costs, how a sample meets its aim.
import { machineProcessorTime, ownProcessorTime, processorTime } from './machine.mjs';

export const seconds = 3;
export const rounds = 5;
export const noisy = 0.1;

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const range = (values, digits) => `${Math.min(...values).toFixed(digits)}-${Math.max(...values).toFixed(digits)}`;

// Runs one contender and says how many answers a second it made, at what cost of processor time, and the latencies if
// its run tells any.
async function measured(contender) {
  const taken = () => ({
    at: performance.now() / 1000, machine: machineProcessorTime(), own: ownProcessorTime(), server: processorTime(contender.server),
  });
  const before = taken();
  const { answered, seconds: took, ...latencies } = await contender.run();
  const after = taken();
  const client = after.own - before.own;
  const server = after.server - before.server;
  return {
    rate: answered / took,
    ...latencies,
    clientMicroseconds: (client * 1e6) / answered,
    serverMicroseconds: (server * 1e6) / answered,
    foreign: Math.max(0, after.machine - before.machine - client - server) / (after.at - before.at),
  };
}

// Calls `measure` for each name once a round, in turning order (A B, B A, …). Resolves to what it gave, by name.
export async function inTurns(names, measure, turns = rounds) {
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < turns; round += 1) {
    for (const name of round % 2 ? [...names].reverse() : names) samples[name].push(await measure(name));
  }
  return samples;
}

export const takingTurns = (contenders, turns) => inTurns(Object.keys(contenders), (name) => measured(contenders[name]), turns);

// What `above` gave to what `below` gave, round by round.
export const ratios = (samples, above, below, key = 'rate') => (
  samples[above].map((sample, round) => sample[key] / samples[below][round][key]));
export const foreignOf = (samples, ...names) => Math.max(...names.flatMap((name) => samples[name].map(({ foreign }) => foreign)));

// How much of a core others took while `run` ran, which may be nothing but waiting, and what it gave.
export async function withForeign(run) {
  const others = () => machineProcessorTime() - ownProcessorTime();
  const before = { at: performance.now(), others: others() };
  const result = await run();
  return { result, foreign: Math.max(0, others() - before.others) / ((performance.now() - before.at) / 1000) };
}

// One line of the table. `aim` is compared with the median of `values`.
export function row(figure, values, { aim, atMost = false, unit = '', digits = 2, foreign = 0 }) {
  const middle = median(values);
  const met = aim === undefined || (atMost ? middle <= aim : middle >= aim);
  const verdict = aim === undefined ? '' : met ? 'met' : foreign > noisy ? 'missed, but noisy' : 'missed';
  return {
    figure, median: middle, range: range(values, digits), unit, foreign, verdict,
    aim: aim === undefined ? '' : `${atMost ? '<=' : '>='} ${aim}`,
    shown: `${middle.toFixed(digits)} ${unit}`.trim(),
  };
}

// A line without a figure: what the simulator does not do misses its aim, what this machine cannot run is left out.
const without = (verdict) => (figure, why) => ({ figure, why, verdict, foreign: 0, shown: '-', range: '', aim: '' });
export const missing = without('missed');
export const skipped = without('skipped');

export function print(rows) {
  const columns = [['figure', 'figure'], ['median', 'shown'], ['range', 'range'], ['aim', 'aim'], ['verdict', 'verdict']];
  const judged = rows.map((each) => ({ ...each, verdict: each.why ? `${each.verdict}: ${each.why}` : each.verdict }));
  const cells = [columns.map(([title]) => title), ...judged.map((each) => columns.map(([, key]) => each[key]))];
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  for (const line of cells) console.log(line.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
}
