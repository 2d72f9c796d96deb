/** Works on all items, at most `atOnceMax` at a time; returns the results in the order of the items. */
export async function inParallel<Item, Outcome>(
  items: readonly Item[],
  atOnceMax: number,
  work: (item: Item, index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = new Array(items.length);
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) outcomes[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(atOnceMax, items.length) }, worker));
  return outcomes;
}
