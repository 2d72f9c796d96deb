/** What the commands of a MULTI or a pipeline answered, in their order. Throws when the transaction, or one of them, failed. */
export function transactionReplies(replies: readonly [Error | null, unknown][] | null): unknown[] {
  if (replies === null) throw new Error('Redis gave up the transaction');
  return replies.map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
}
