/**
 * Named places at which a test can have the process killed, as a power cut would: `CRASH_AT=writer.afterInsert`, or `…:3` for the third
 * pass. With `CRASH_SIGNAL=SIGSTOP` it freezes there instead, until it gets SIGCONT. Nothing happens unless one is armed.
 */
export const crashPoints = [
  'buy.beforeClaim',
  'buy.afterClaim',
  'writer.afterRead',
  'writer.afterInsert',
  'writer.afterTell',
  'writer.afterTotals',
  'writer.afterAck',
  'recovery.afterTakeEpoch',
  'recovery.afterClose',
  'recovery.afterDrain',
  'recovery.afterBuild',
  'recovery.afterRestores',
  'recovery.afterOpen',
  'start.afterEnd',
  'start.afterCreate',
  'operate.afterRevise',
  'cancel.afterEntry',
  'cancel.afterStore',
  'hold.afterInsert',
  'end.afterOutcome',
  'end.afterOrder',
  'end.afterLetGo',
  'end.afterRedis',
  'seal.afterChunks',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

export const crashSignals = ['SIGKILL', 'SIGSTOP'] as const;

type CrashSignal = (typeof crashSignals)[number];

let armed: { point: CrashPoint; passesLeft: number; signal: CrashSignal } | null = null;

export function armCrashPoint(at: { point: CrashPoint; pass: number }, signal: CrashSignal): void {
  armed = { point: at.point, passesLeft: at.pass, signal };
}

export function crashPoint(point: CrashPoint): void {
  if (armed === null || armed.point !== point) return;
  armed.passesLeft--;
  if (armed.passesLeft > 0) return;
  const { signal } = armed;
  armed = null;
  process.kill(process.pid, signal);
}
