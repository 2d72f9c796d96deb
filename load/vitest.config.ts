import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { name: 'load', include: ['test/**/*.test.ts'] } });
