// Plain data: the root has no dependencies, so vitest itself cannot be imported here.
export default {
  test: {
    projects: ['*/vitest.config.ts'],
    passWithNoTests: true,
  },
};
