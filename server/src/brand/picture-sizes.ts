/* What pages say of the shop's pictures, apart from the code that draws them, which loads libvips. */

export const shareSize = { width: 1_200, height: 630 } as const;

/** `maskable`: with room around it, since a device cuts it to its own shape. */
export const iconNames = ['32', '180', '192', '512', 'maskable'] as const;
export type IconName = (typeof iconNames)[number];

export const iconSideOf = (name: IconName): number => (name === 'maskable' ? 512 : Number(name));
