/**
 * A horizontal bar for a share of 0..1. Geometry is given as SVG attributes: inline styles would
 * need a weaker content policy.
 */
export function Bar({ share, kind = 'plain' }: { share: number; kind?: 'plain' | 'chosen' | 'faint' }) {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return (
    <svg class={`bar bar-${kind}`} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="bar-ground" width="100" height="8" />
      <rect class="bar-value" width={width} height="8" />
    </svg>
  );
}
