import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';

const entry = fileURLToPath(new URL('../src/first-view/render.tsx', import.meta.url));

/** Builds what the nodes draw the first view with: one file that needs no package. */
export function firstView(): Plugin {
  let outDir = '';
  return {
    name: 'first-view',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    async closeBundle() {
      await build({
        configFile: false,
        logLevel: 'warn',
        plugins: [react()],
        define: { 'process.env.NODE_ENV': JSON.stringify('production') },
        ssr: { noExternal: true },
        build: {
          ssr: entry,
          outDir,
          emptyOutDir: false,
          copyPublicDir: false,
          minify: true,
          rolldownOptions: { output: { entryFileNames: 'first-view.mjs', codeSplitting: false } },
        },
      });
    },
  };
}
