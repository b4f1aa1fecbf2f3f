/** A component that is drawn again only when one of its plain props changed. */
import { Component } from 'preact';

export abstract class DrawnOnce<Props extends object> extends Component<Props> {
  override shouldComponentUpdate(next: Readonly<Props>): boolean {
    const now = this.props as Readonly<Props>;
    for (const name of Object.keys(next) as (keyof Props)[]) if (next[name] !== now[name]) return true;
    return false;
  }
}
