import lists from './passed-on.json' with { type: 'json' };

/**
 * The part of this process's environment that a program started beside it gets. Variables are listed one by one, so keys, passwords and everything
 * else in the environment are not passed on. `program`: a server such as Redis. `tool`: one that builds or fetches.
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
