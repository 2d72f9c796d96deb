import { spawnSync } from 'node:child_process';
import { root } from './root.ts';

/** `npm run sbom`: the packages that this project is made of, from the lockfile alone, as CycloneDX in `sbom.cdx.json`. */
const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--lockfile-only'];
const { status } = spawnSync('pnpm', [...args, '--out', 'sbom.cdx.json'], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
