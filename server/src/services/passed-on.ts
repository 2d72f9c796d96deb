import lists from './passed-on.json' with { type: 'json' };

/**
 * What of this process's environment a program gets that is started beside it. Named one by one: keys, passwords and whatever else stands
 * in the environment stay with those they are meant for. `program`: a server such as Redis. `tool`: one that builds or fetches.
 */
export function passedOn(to: 'program' | 'tool', env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const names = to === 'program' ? lists.program : [...lists.program, ...lists.tool];
  const whole = new Set(names);
  const prefixes = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => whole.has(name) || prefixes.some((prefix) => name.startsWith(prefix)),
    ),
  );
}
