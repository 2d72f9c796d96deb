import sharp from 'sharp';
import { expect, it } from 'vitest';
import { drawSharePicture } from '../../src/brand/share-picture.ts';

it('a picture is drawn although its product has a name of which fonts draw nothing', async () => {
  const picture = await drawSharePicture({
    ...{ shop: 'Nord', product: '\u2800', price: '', state: 'Open', image: null, direction: 'ltr' },
    colours: { accent: null, backdrop: null },
  });
  expect(await sharp(picture).metadata()).toMatchObject({ format: 'jpeg', width: 1_200, height: 630 });
});
