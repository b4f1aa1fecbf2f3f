/** “What is this?” behind the title of a figure, in words that need no paper. */
export function About({ children }: { children: string }) {
  return (
    <details class="about">
      <summary>What is this?</summary>
      <p>{children}</p>
    </details>
  );
}
