/** "Written" means: on the disks of a majority. */
export const durable = { w: 'majority', j: true } as const;
