import { Duration } from 'cdk8s';
import type { Dice } from './dice';

/** Words of each sort; about one in thirty is none, or stands at the edge of what is allowed. */
export class Words {
  constructor(private readonly dice: Dice) {}

  private rather<T>(good: readonly T[], odd: readonly T[]): T {
    return this.dice.chance(97) ? this.dice.one(...good) : this.dice.one(...odd);
  }

  public cluster(): string {
    return this.rather(
      ['berlin', 'paris', 'rome', 'c-1', 'x'.repeat(48)],
      ['', 'Berlin', 'a.b', 'x'.repeat(49), '-a', 'ü'],
    );
  }

  public objectName(): string {
    return this.rather(
      ['web', 'w', 'web-2', 'x'.repeat(63)],
      ['', 'Web', '1st', 'a.b', 'a_b', 'x'.repeat(64), 'x'.repeat(254)],
    );
  }

  public labelKey(): string {
    return this.rather(
      ['app', 'tier', 'example.com/team', 'A_b.c', 'x'.repeat(63)],
      ['', 'a b', '/x', 'a/b/c', 'x'.repeat(64), 'Example.com/team', 'a/'],
    );
  }

  public labelValue(): string {
    return this.rather(['edge', '', '1', 'A_b.c', 'x'.repeat(63)], ['a b', 'x'.repeat(64), '-', 'a/b', 'ä']);
  }

  public place(): string {
    return this.rather(['metal', 'eu-1', 'A_b', 'x'.repeat(63)], ['', 'Red Hat OpenShift', 'x'.repeat(64)]);
  }

  public text(): string {
    return this.dice.one('on', '', 'a b', 'ü€😀', '{"a":1}', 'line\nline', '/spec/replicas');
  }

  public count(least = 0): number {
    return this.rather(
      [least, least + 1, least + 7, 2 ** 31 - 1],
      [-1, 0, 1.5, 2 ** 31, Number.NaN, Number.POSITIVE_INFINITY],
    );
  }

  public duration(): Duration {
    return this.rather(
      [Duration.seconds(0), Duration.seconds(15), Duration.minutes(5), Duration.minutes(30), Duration.hours(1)],
      [Duration.millis(1500), Duration.hours(2), Duration.days(30000), Duration.seconds(1801)],
    );
  }

  public quantity(): string {
    return this.rather(
      ['1', '500m', '2Gi', '10k', '0.5', '1e3'],
      ['0', '-1', '', 'much', ' 1', '1 Gi', '1Kii', 'NaN', '0.0'],
    );
  }

  public schedule(): string {
    return this.rather(
      ['0 8 * * MON-FRI', '@hourly', '*/5 * * * *', '0 0 L * *', '30 0 1 1 * 2030', '0 0 8 * * * *'],
      ['', '@every 5m', '* * * *', '60 * * * *', 'TZ=UTC 0 8 * * *', '0 8 * * 8', '5-1 * * * *'],
    );
  }

  public timeZone(): string {
    return this.rather(['UTC', 'Europe/Berlin', 'Asia/Shanghai'], ['', 'Berlin', 'utc', 'Europe/berlin', '+02:00']);
  }
}
