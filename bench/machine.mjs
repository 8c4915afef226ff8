// What the kernel says about processor time and memory, in seconds of one core and in MiB.
import { readFileSync, readdirSync } from 'node:fs';

const ticksPerSecond = 100; // USER_HZ, fixed by the Linux ABI

// The fields of /proc/PID/stat after the command's name, which may itself hold spaces and parentheses.
function stat(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  } catch {
    return null; // it ended
  }
}

// A process and its living descendants.
function tree(pid) {
  const children = new Map();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = stat(entry)?.[1];
    if (parent) children.set(parent, [...(children.get(parent) ?? []), entry]);
  }
  const from = (id) => [id, ...(children.get(String(id)) ?? []).flatMap(from)];
  return from(pid);
}

// Processor time used so far by a process and its living descendants.
export function processorTime(pid) {
  const own = (id) => {
    const fields = stat(id);
    return fields ? (Number(fields[11]) + Number(fields[12])) / ticksPerSecond : 0;
  };
  return tree(pid).reduce((sum, id) => sum + own(id), 0);
}

// Processor time of this process and of its children that have ended.
export function ownProcessorTime() {
  const fields = stat('self');
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0) / ticksPerSecond;
}

// Processor time of the whole machine that was not idle.
export function machineProcessorTime() {
  const [user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq) / ticksPerSecond;
}

function memory(pid, field) {
  try {
    const line = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line ? Number(line[1]) / 1024 : undefined;
  } catch {
    return undefined; // it ended
  }
}

// The most it ever had, in MiB; nothing when it has ended.
export const peakMemory = (pid) => memory(pid, 'VmHWM');

// What it has now, in MiB, its living descendants included.
export const residentMemory = (pid) => tree(pid).reduce((sum, id) => sum + (memory(id, 'VmRSS') ?? 0), 0);
