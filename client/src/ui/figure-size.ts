/** The class for a figure: the longer it is, the smaller. Broken into two lines, one number would read as two. */
export function figureSize(text: string, sizes: { usual: string; long: string; longest: string }): string {
  if (text.length > 12) return sizes.longest;
  return text.length > 7 ? sizes.long : sizes.usual;
}
