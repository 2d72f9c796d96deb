// Artillery bundles a processor that ends in .ts into CommonJS beside it; as an ES module it is run by Node as it is.
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
