/**
 * Keep, delete, generate as three small columns in that order: place tells them apart, colour only helps.
 * Boxes and no drawing: every source token has one, and the browser keeps a layer's worth
 * of bookkeeping for each <svg>.
 */
const names = ['keep', 'delete', 'generate'] as const;
const pixels = 10;

export function OperationBars({ operation }: { operation: [number, number, number] }) {
  return (
    <span class="operation-bars" aria-hidden="true">
      {/* A sliver stays visible for every decision that was weighed at all.
          Heights go through CSSOM, which the content policy allows. */}
      {operation.map((share, which) => (
        <span
          key={names[which]}
          class={`operation-${names[which]}`}
          style={{ height: `${Math.max(1, share * pixels)}px` }}
        />
      ))}
    </span>
  );
}
