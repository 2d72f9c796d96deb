import { type Image, imageBytesMax, imagesMax, type ProductImage } from '@flipzon/protocol/product.ts';
import { useRef, useState } from 'react';
import { useConsole } from '../console-context.ts';
import { isolated } from '../parts/isolated.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

/** Uploads files one after another; each image is in the list as soon as the shop has it. */
export function useUploads(images: readonly ProductImage[], onChange: (next: ProductImage[]) => void) {
  const { api } = useConsole();
  const words = useConsoleTexts().product;
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // The list and the rest of the form may change while a file is on its way.
  const now = useRef(images);
  now.current = images;
  const tell = useRef(onChange);
  tell.current = onChange;

  function refusal(code: string, name: string): string {
    const known = words.refused as Record<string, (name: string) => string>;
    return (known[code] ?? words.refused.other)(isolated(name));
  }

  async function add(files: readonly File[]): Promise<void> {
    setProblem(null);
    for (const file of files) {
      if (now.current.length >= imagesMax) {
        setProblem(words.full);
        break;
      }
      // The shop would cut the connection while the file is on its way, and the browser would not see why.
      if (file.size > imageBytesMax) {
        setProblem(refusal('payload_too_large', file.name));
        break;
      }
      setBusy(file.name);
      const answer = await api.upload<{ image: Image }>('/images', file);
      if (!answer.ok) {
        setProblem(refusal(answer.code, file.name));
        break;
      }
      const { image } = answer.body;
      if (now.current.every(({ id }) => id !== image.id)) {
        now.current = [...now.current, { ...image, alt: '' }];
        tell.current([...now.current]);
      }
    }
    setBusy(null);
  }

  return { add, busy: busy === null ? null : words.uploading(isolated(busy)), problem };
}
