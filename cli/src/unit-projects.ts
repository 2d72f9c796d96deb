/** The vitest projects that need neither Redis nor MongoDB. */
export const unitProjects = ['client', 'docs', 'load'];
