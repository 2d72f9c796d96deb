import type { MyOrders } from './live/fetch-orders.ts';
import type { Customer } from './model/model.ts';

/** What a visitor can do on the page. */
export interface Actions {
  buy(): void;
  /** Which variant Buy is for. */
  choose(sku: string): void;
  askSignIn(): void;
  closeSignIn(): void;
  signInAs(customer: Customer): void;
  /** With the token of a session that has just begun. */
  signInWithToken(token: string): void;
  /** `everywhere`: on all devices, if the visitor has signed in at this shop. */
  signOut(everywhere?: boolean): void;
  /** Freezes the count, or lets it continue. */
  freezeUpdates(frozen: boolean): void;
  /** The signed receipt of an order, if it was bought on this device. */
  receiptOf(orderId: string): string | null;
  /** Asks the browser to let the page notify, so it has to be called from a gesture. */
  remind(): Promise<void>;
  forgetReminder(): void;
  /** All orders of the customer; null if they cannot be read now. */
  myOrders(): Promise<MyOrders | null>;
}
