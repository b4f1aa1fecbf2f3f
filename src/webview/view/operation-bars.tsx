/** Keep, delete, generate as three small columns in that order: place tells them apart, colour only helps. */
const names = ['keep', 'delete', 'generate'] as const;

export function OperationBars({ operation }: { operation: [number, number, number] }) {
  return (
    <svg class="operation-bars" viewBox="0 0 13 10" width="13" height="10" aria-hidden="true" focusable="false">
      {operation.map((share, which) => {
        // A sliver stays visible for every decision that was weighed at all.
        const height = Math.max(0.8, share * 10);
        return <rect key={names[which]} class={`operation-${names[which]}`} x={which * 4.5} y={10 - height} width="4" height={height} />;
      })}
    </svg>
  );
}
