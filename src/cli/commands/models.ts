/** nar-text models: what can be given to --model. */
import { complain, exitCodes, print, modelsFolder, type Session } from '../session';

export async function modelsCommand({ line, engine }: Session): Promise<number> {
  const models = await engine.models();
  if (line.json) await print(`${JSON.stringify(models)}\n`);
  else {
    for (const model of models) {
      await print(
        `${model.name} ${model.version}  ${(model.bytes / 1e6).toFixed(1)} MB  ${model.dtypes.join(', ')}  for ${model.tasks.join(', ')}\n  ${model.description}\n  ${model.folder}\n`,
      );
    }
    if (models.length === 0) complain(`no model is installed in ${modelsFolder}; --model DIR names one`);
  }
  return exitCodes.done;
}
