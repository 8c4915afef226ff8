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

// Processor time used so far by a process and its living descendants.
export function processorTime(pid) {
  const children = new Map();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = stat(entry)?.[1];
    if (parent) children.set(parent, [...(children.get(parent) ?? []), entry]);
  }
  const own = (id) => {
    const fields = stat(id);
    return fields ? (Number(fields[11]) + Number(fields[12])) / ticksPerSecond : 0;
  };
  const tree = (id) => own(id) + (children.get(String(id)) ?? []).reduce((sum, child) => sum + tree(child), 0);
  return tree(pid);
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

// The most it ever had, in MiB; nothing when it has ended.
export function peakMemory(pid) {
  try {
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return peak ? Number(peak[1]) / 1024 : undefined;
  } catch {
    return undefined;
  }
}

export function residentMemory(pid) {
  const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kib) / 1024;
}
