// Artillery bundles a processor that ends in .ts into CommonJS beside it; Node runs an ES module directly.
export {
  enterByHttp,
  isConfirmationAwaited,
  isSaleAwaited,
  isToBeAskedAgain,
  leaveByHttp,
  pauseBeforeOrders,
  readAnswer,
  readOrders,
  readStatus,
} from './http-customer.ts';
export { buy, waitForOrder, waitForSale } from './socket-customer.ts';
