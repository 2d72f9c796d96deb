import { createServer } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import mongoose, { Schema } from 'mongoose';
import type { Terms } from '../environment/target.ts';
import { serve } from './serve.ts';
import { connectRedis } from './shared-claim.ts';

/*
 * The design that people start from: Express, a lock per user in Redis, and MongoDB: read the product, check the stock,
 * take one off, save, insert the order. It oversells; how much is part of the result.
 */

const lockMsMax = 5_000;
const redis = connectRedis();
await mongoose.connect(process.env.MONGODB_URI ?? '', { dbName: 'bench-express' });
const Product = mongoose.model('Product', new Schema({ name: String, stock: Number }));
const Order = mongoose.model(
  'Order',
  new Schema({ customer: { type: String, index: true }, product: Schema.Types.ObjectId, at: Date }),
);
await Order.init();
let productId: mongoose.Types.ObjectId | undefined;

const app = express();
app.use(express.json());
app.post('/buy', async (request, response) => {
  const customer = request.get('x-customer') ?? '';
  const lock = `bench:lock:${customer}`;
  if ((await redis.set(lock, '1', 'PX', lockMsMax, 'NX')) === null)
    return void response.status(429).json({ code: 'too_many_requests' });
  try {
    if (productId === undefined) return void response.status(404).json({ code: 'no_sale' });
    if (await Order.exists({ customer, product: productId }))
      return void response.status(400).json({ code: 'already_purchased' });
    const product = await Product.findById(productId);
    const stock = product?.stock ?? 0;
    if (product === null || stock <= 0) return void response.status(400).json({ code: 'sold_out' });
    product.stock = stock - 1;
    await product.save();
    const order = await Order.create({ customer, product: product._id, at: new Date() });
    response.status(201).json({ order });
  } finally {
    await redis.del(lock);
  }
});

app.use((_error: unknown, _request: Request, response: Response, _next: NextFunction) => {
  response.status(500).json({ code: 'internal_error' });
});

await serve(
  createServer(app),
  {
    async openSale({ quantity, first }: Terms & { first: boolean }) {
      if (first) {
        await Order.deleteMany({});
        await Product.deleteMany({});
        await Product.create({ name: 'iPhone', stock: quantity });
      }
      productId = (await Product.findOne())?._id;
    },
  },
  ['express', 'mongoose', 'ioredis'],
);
