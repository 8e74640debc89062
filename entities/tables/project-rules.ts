/** The notice's footnote to 附件2 as rules. */
import Decimal from 'decimal.js';
import type { Rule, Values } from '../../src/table/definition';

export const isPaidUpFront = ({ paymentKind }: Values): boolean =>
  paymentKind === 'fixed' || paymentKind === 'entry_royalty';

export const hasRoyalty = ({ paymentKind }: Values): boolean =>
  paymentKind === 'royalty' || paymentKind === 'entry_royalty';

/** 免费和纯提成，使用费金额填 0 */
export const unpaidHasNoFee: Rule = {
  name: 'fee = 0 for free and royalty',
  level: 'hard',
  fields: ['paymentKind', 'fee'],
  check({ values }) {
    const kind = values['paymentKind'];
    const fee = new Decimal(values['fee'] ?? 0);
    if (kind === 'free' && !fee.isZero()) return `免费许可的使用费填0，现为${fee}万元`;
    if (kind === 'royalty' && !fee.isZero()) return `纯提成的使用费填0，现为${fee}万元；有入门费的请选“入门费+提成”`;
    if (isPaidUpFront(values) && fee.isZero()) return '固定金额和入门费须大于0';
    return null;
  },
};

/** 以提成方式支付的，在备注中注明该支付方式 */
export const royaltyNeedsRemark: Rule = {
  name: 'remark for royalty',
  level: 'hard',
  fields: ['paymentKind'],
  check({ values }) {
    if (!hasRoyalty(values)) return null;
    return values['remark'] ? null : '有提成的须在备注写明提成方式，如“销售额3%提成”';
  },
};

/**
 * The official sheet has no column for 支付方式: by the notice's footnote it follows from the fee and the remark. A fee of 0
 * with a remark on payment that names neither 免费 nor 提成 tells nothing.
 */
export function paymentKindOf({ fee, remark = '' }: Values): string | null {
  if (fee === undefined) return null;
  const isFree = /免费|无偿|零费用/.test(remark);
  const sharesSales = /提成|分成|入门费|(销售额?|销量|产值|利润|营收).{0,8}[\d.]+\s*[%％‰]/.test(remark);
  if (isFree && (sharesSales || !new Decimal(fee).isZero())) return null;
  if (!new Decimal(fee).isZero()) return sharesSales ? 'entry_royalty' : 'fixed';
  if (sharesSales) return 'royalty';
  return isFree || !/费|付|款|元|[%％]|比例/.test(remark) ? 'free' : null;
}
