import { useCallback, useEffect, useRef, useState } from 'react';
import { useConsole } from '../console-context.ts';

export interface Asked<Body> {
  body: Body | null;
  state: 'loading' | 'there' | 'failed';
  refresh: () => void;
}

/**
 * What the shop answers at that address; an answer to an earlier request is ignored. Null sends no request and has no answer.
 * `again`: asks again when one of these changes; always as many.
 */
export function useAnswer<Body>(path: string | null, again: readonly unknown[] = []): Asked<Body> {
  const { api } = useConsole();
  const [asked, setAsked] = useState<{ path: string | null; body: Body | null; failed: boolean }>({
    path: null,
    body: null,
    failed: false,
  });
  const wanted = useRef(path);
  wanted.current = path;

  const refresh = useCallback(() => {
    if (path === null) return;
    void api.ask<Body>(path).then((answer) => {
      if (wanted.current !== path) return;
      setAsked({ path, body: answer.ok ? answer.body : null, failed: !answer.ok });
    });
  }, [api, path]);
  useEffect(refresh, [refresh, ...again]);

  if (path === null) return { body: null, state: 'there', refresh };
  const isThis = asked.path === path;
  return {
    // The previous page stays until the next one has loaded.
    body: asked.body,
    state: !isThis ? 'loading' : asked.failed ? 'failed' : 'there',
    refresh,
  };
}
