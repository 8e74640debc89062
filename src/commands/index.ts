/** Every command, in the order in which they are tried and shown. */
import { accept, undoAccept } from './accept';
import { acceptAll } from './accept-all';
import { approve, refuse } from './approve';
import { audit } from './audit';
import { bulletin } from './bulletin';
import type { Command } from './command';
import { commonQuestions } from './common-questions';
import { correctReport } from './correct';
import { answerCorrection, reasonForCorrection, takeBackCorrection } from './correction-answer';
import { agreeCorrection, refuseCorrection } from './correction-decision';
import { greeting, thanks } from './courtesies';
import { deadline } from './due-lines';
import { explained } from './explained';
import { exportWorkbook } from './export';
import { extend, undoExtension } from './extend';
import { figureOrigin } from './figure-origin';
import { help } from './help';
import { history } from './history';
import { ownFigures } from './own-figures';
import { pauseReminders, resumeReminders } from './pause';
import { progress } from './progress';
import { readers } from './readers';
import { recall } from './recall';
import { registrations } from './registrations';
import { replaceContact } from './replace';
import { sendBack, undoSendBack } from './return';
import { applyForSupplement } from './supplement';
import { grantSupplement, refuseSupplement } from './supplement-decision';
import { resend, undelivered } from './undelivered';
import { unfiled } from './unfiled';
import { unitAlone, unitFigures } from './unit-figures';
import { upload } from './upload';
import { confirmUrge, urge } from './urge';
import { whyUnfiled } from './why-unfiled';
import { withdraw } from './withdraw';

export interface CommandSettings {
  /** Under which browsers reach the service; null where it is not set. */
  readonly address: string | null;
}

export function createCommands({ address }: CommandSettings): readonly Command[] {
  const shown: readonly Command[] = [
    progress,
    unfiled,
    whyUnfiled,
    unitFigures,
    ownFigures,
    figureOrigin,
    deadline,
    bulletin,
    exportWorkbook,
    explained,
    registrations,
    agreeCorrection,
    refuseCorrection,
    accept,
    acceptAll,
    undoAccept,
    approve,
    refuse,
    sendBack,
    undoSendBack,
    history,
    audit,
    urge,
    confirmUrge,
    pauseReminders,
    resumeReminders,
    extend,
    undoExtension,
    applyForSupplement,
    replaceContact,
    grantSupplement,
    refuseSupplement,
    undelivered,
    resend,
    recall,
    withdraw,
    correctReport,
    takeBackCorrection,
    upload(address),
    readers,
    greeting,
    thanks,
    commonQuestions,
    unitAlone,
  ];
  return [answerCorrection, help(shown), ...shown, reasonForCorrection];
}
