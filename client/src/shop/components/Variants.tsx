import { useEffect, useState } from 'react';
import { useView } from '../use-view.ts';

type Picker = typeof import('./VariantPicker.tsx')['VariantPicker'];

let known: Picker | null = null;

/** Not by `lazy`, which would leave a gap for a moment after the first view and move the Buy button under the finger. */
export async function loadVariantPicker(): Promise<Picker> {
  known = (await import('./VariantPicker.tsx')).VariantPicker;
  return known;
}

/** The picker, which only pages of products with variants load. */
export function Variants() {
  const isNeeded = useView(({ model }) => model.sale?.variants !== undefined);
  const [Picker, setPicker] = useState(() => known);
  useEffect(() => {
    if (!isNeeded || Picker !== null) return;
    void loadVariantPicker().then(
      (loaded) => setPicker(() => loaded),
      // Without the picker nothing can be bought: the page shows an error and can be reloaded.
      (error: unknown) =>
        setPicker(() => {
          throw error;
        }),
    );
  }, [isNeeded, Picker]);
  return isNeeded && Picker !== null ? <Picker /> : null;
}
