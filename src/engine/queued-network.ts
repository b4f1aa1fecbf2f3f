/**
 * A `Network` whose passes wait their turn in the queue: a request is then cut into passes without its decoder knowing.
 */
import type { ForwardRequest, ForwardResult, Network } from '../decode/network';
import type { Capability } from '../protocol/manifest';
import type { Priority, SerialQueue } from './queue';

export class QueuedNetwork implements Network {
  passes = 0;

  constructor(
    private readonly network: Network,
    private readonly queue: SerialQueue,
    /**
     * May be lowered while a request goes on: the sentences under the cursor are urgent, the
     * rest of the document is not.
     */
    public priority: Priority,
    private readonly signal?: AbortSignal,
  ) {}

  get graph(): Network['graph'] {
    return this.network.graph;
  }
  get specialTokens(): Network['specialTokens'] {
    return this.network.specialTokens;
  }
  get capabilities(): readonly Capability[] {
    return this.network.capabilities ?? [];
  }
  /** @throws CancelledError when the request's signal aborts before the pass starts */
  forward(request: ForwardRequest): Promise<ForwardResult> {
    this.passes++;
    return this.queue.run(this.priority, () => this.network.forward(request), this.signal);
  }
}
