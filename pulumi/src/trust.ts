/** Who may take a role, and on what condition, as IAM writes it. */
export function trust(
  principal: { readonly Service: string } | { readonly Federated: string },
  actions: readonly string[],
  condition?: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: actions,
        ...(condition !== undefined && { Condition: condition }),
      },
    ],
  });
}
