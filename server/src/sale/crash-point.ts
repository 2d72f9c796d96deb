/**
 * Named places at which a test can have the process killed, as a power cut would: `CRASH_AT=writer.afterInsert`, or `…:3` for the third
 * time that it comes by. Nothing happens unless one is armed.
 */
export const crashPoints = [
  'buy.beforeClaim',
  'buy.afterClaim',
  'writer.afterRead',
  'writer.afterInsert',
  'writer.afterTell',
  'writer.afterTotals',
  'writer.afterSettle',
  'recovery.afterTakeEpoch',
  'recovery.afterClose',
  'recovery.afterDrain',
  'recovery.afterBuild',
  'recovery.afterRestores',
  'recovery.afterOpen',
  'start.afterEnd',
  'start.afterCreate',
  'cancel.afterStore',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

let armed: { point: CrashPoint; passesLeft: number } | null = null;

export function armCrashPoint(at: { point: CrashPoint; pass: number }): void {
  armed = { point: at.point, passesLeft: at.pass };
}

export function crashPoint(point: CrashPoint): void {
  if (armed === null || armed.point !== point) return;
  armed.passesLeft--;
  if (armed.passesLeft <= 0) process.kill(process.pid, 'SIGKILL');
}
