/*
 * Loaded before a node (`--import`): the process takes the time of day to be `CLOCK_SHIFT_MS` later than it is, and after SIGUSR2
 * `CLOCK_STEP_MS` later still. What measures how much time has passed is not touched, as on a machine whose clock is wrong.
 */
const RealDate = Date;
let shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0);
process.on('SIGUSR2', () => {
  shiftMs += Number(process.env.CLOCK_STEP_MS ?? 0);
});

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [RealDate.now() + shiftMs] : args, newTarget),
  apply: () => new RealDate(RealDate.now() + shiftMs).toString(),
  get: (target, property, receiver) =>
    property === 'now' ? () => RealDate.now() + shiftMs : Reflect.get(target, property, receiver),
});
