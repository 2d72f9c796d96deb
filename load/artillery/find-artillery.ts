import { runCommand } from '@flipzon/local-services/run-command.ts';

/** It needs Node 22.18 or later, which `npm run` brings. */
const version = '2.0.34';
const installMsMax = 15 * 60 * 1000;

/**
 * Where Artillery's program is. It is some 470 MB with what it depends on, so it is no dependency of the workspace: npx fetches it once
 * and keeps it. None of its packages' install scripts is run, and the browser that one of them would download is not needed.
 */
export async function findArtillery(): Promise<{ ok: true; file: string } | { ok: false; message: string }> {
  const found = await runCommand('npx', ['-y', '-p', `artillery@${version}`, '-c', 'command -v artillery'], {
    timeoutMs: installMsMax,
    env: {
      PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
      npm_config_ignore_scripts: 'true',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
    },
  });
  const file = found.output.split('\n').find((line) => line.endsWith('artillery'));
  if (!found.ok || file === undefined) {
    return { ok: false, message: `Artillery ${version} could not be fetched with npx:\n${found.output}` };
  }
  return { ok: true, file };
}
