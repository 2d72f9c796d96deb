import { type Connection, type Model, Schema } from 'mongoose';

/** `_id` is the hash of the file that was uploaded. Inserted after all its files. */
export interface ImageDoc {
  _id: string;
  width: number;
  height: number;
  widths: number[];
  createdAt: Date;
  createdBy: string;
  /** Set where the same file was uploaded again. */
  uploadedAt?: Date;
}

/** `_id` is the image's id. Until the image is gone and a while after, so that no upload of the file gets the id meanwhile. */
export interface ImageRemovalDoc {
  _id: string;
  at: Date;
  /** Of the image, for its files. */
  widths: number[];
}

/** `_id` is imageId/width.format, the end of its address: found by it alone, on any server. */
export interface ImageFileDoc {
  _id: string;
  bytes: Buffer;
}

export interface ImageModels {
  Image: Model<ImageDoc>;
  ImageFile: Model<ImageFileDoc>;
  ImageRemoval: Model<ImageRemovalDoc>;
}

const strict = { strict: true, strictQuery: true, versionKey: false } as const;
const text = { type: String, required: true } as const;
const whole = { type: Number, required: true, min: 1, validate: Number.isSafeInteger } as const;

const imageSchema = new Schema<ImageDoc>(
  {
    _id: text,
    width: whole,
    height: whole,
    widths: { type: [Number], required: true },
    createdAt: { type: Date, required: true },
    createdBy: text,
    uploadedAt: Date,
  },
  { ...strict, collection: 'images' },
);
const removalSchema = new Schema<ImageRemovalDoc>(
  { _id: text, at: { type: Date, required: true }, widths: { type: [Number], required: true } },
  { ...strict, collection: 'imageremovals' },
);
const fileSchema = new Schema<ImageFileDoc>(
  { _id: text, bytes: { type: Buffer, required: true } },
  { ...strict, collection: 'imagefiles' },
);

export function imageModels(connection: Connection): ImageModels {
  return {
    Image: connection.model<ImageDoc>('Image', imageSchema),
    ImageFile: connection.model<ImageFileDoc>('ImageFile', fileSchema),
    ImageRemoval: connection.model<ImageRemovalDoc>('ImageRemoval', removalSchema),
  };
}
