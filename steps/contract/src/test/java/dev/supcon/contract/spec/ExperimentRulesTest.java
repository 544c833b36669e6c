package dev.supcon.contract.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExperimentRulesTest {

  @Test
  void thePapersDefaultsAreAccepted() {
    assertThat(SpecText.faults("")).isEmpty();
  }

  /** ImageNet by the authors' TensorFlow code, CIFAR by their PyTorch code, its steps, SimCLR. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        pretrain:
          batchSize: 6144
          epochs: 350
          warmupEpochs: 12
          optimizer:
            type: lars
            learningRate: 0.4
            learningRateScaling: linear
            weightDecay: 0.001
            weightDecayOn: withoutNorm
        linear:
          epochs: 90
          batchSize: 6144
          learningRates: [1.2]
          weightDecay: 0.000001
          warmupEpochs: 12
          optimizer: {type: rmsProp}
          schedule: {type: exponential}
          labelSmoothing: 0.05
        """,
        """
        pretrain:
          schedule: {type: cosineByEpoch, floor: 0.001, warmupFrom: 0.01}
        linear:
          learningRates: [5]
          schedule: {type: steps, decayEpochs: [60, 75, 90], factor: 0.2}
        """,
        "pretrain: {schedule: {type: steps, decayEpochs: [700, 800, 900]}}",
        """
        projection: {hidden: []}
        pretrain:
          chunkSize: 256
          loss:
            type: joint
            temperature: 0.1
            scale: tau
            denominator: onePositive
            anchors: one
            positivesCap: 8
            classWeights: balanced
            labelSmoothing: 0.05
            joint: {contrastiveWeight: 0, crossEntropyWeight: 0.5, classifierGradient: through}
        linear: {}
        """,
        """
        pretrain:
          optimizer: {type: lars, learningRate: 0.075, learningRateScaling: sqrt, weightDecayOn: weights}
        linear:
          learningRates: [2.4]
          optimizer: {nesterov: true}
          schedule: {type: cosine}
        """
      })
  void thePapersRecipesCanBeWritten(String yaml) {
    assertThat(SpecText.faults(yaml)).isEmpty();
  }

  static Stream<Arguments> training() {
    return Stream.of(
        arguments(
            "{data: {subset: {seed: 3}}}",
            "spec.data.subset: says no size; write fraction or imagesPerClass"),
        arguments(
            "{data: {subset: {fraction: 0.1, imagesPerClass: 5}}}",
            "spec.data.subset: says two sizes; write fraction or imagesPerClass"),
        arguments(
            "{data: {subset: {fraction: 0}}}",
            "spec.data.subset.fraction: is 0, out of range; write a number from 0.0001 to 1"),
        arguments(
            "{pretrain: {batches: {composition: classesTimesSamples}}}",
            "spec.pretrain.batches.composition: is classesTimesSamples without"
                + " spec.pretrain.batches.samplesPerClass; write how many images of each class a"
                + " batch has"),
        arguments(
            "{pretrain: {batches: {composition: classBalanced, samplesPerClass: 4}}}",
            "spec.pretrain.batches.samplesPerClass: has no meaning when"
                + " spec.pretrain.batches.composition is classBalanced; remove it, or write"
                + " classesTimesSamples"),
        arguments(
            "{pretrain: {batches: {composition: classesTimesSamples, samplesPerClass: 3}}}",
            "spec.pretrain.batches.samplesPerClass: is 3, which does not divide"
                + " spec.pretrain.batchSize (1024); write a divisor of it"),
        arguments(
            "{pretrain: {batches: {composition: random, samplesPerClass: 3}}}",
            "spec.pretrain.batches.composition: is not a known word; write one of shuffled,"
                + " classBalanced, classesTimesSamples"),
        arguments(
            "{pretrain: {loss: {mixing: {}}}}",
            "spec.pretrain.loss.mixing: has no meaning when spec.pretrain.loss.type is supCon;"
                + " remove it"),
        arguments(
            "{pretrain: {loss: {type: largeMargin, mixing: {type: cutMix}}}}",
            "spec.pretrain.loss.mixing: has no meaning when spec.pretrain.loss.type is"
                + " largeMargin; remove it"),
        arguments(
            "{pretrain: {loss: {type: crossEntropy, mixing: {alpha: 0}}}}",
            "spec.pretrain.loss.mixing.alpha: is 0, out of range; write a number from 0.01 to 100,"
                + " such as 1.0"),
        arguments(
            "{data: {labelNoise: {fraction: 1.5}}}",
            "spec.data.labelNoise.fraction: is 1.5, out of range; write a number from 0 to 1"),
        arguments(
            "{data: {labelNoise: {}}}",
            "spec.data.labelNoise.fraction: is NaN, out of range; write a number from 0 to 1"),
        arguments(
            "{transfer: [{data: {name: pets, labelNoise: {fraction: 0.1}}}]}",
            "spec.transfer[0].data.labelNoise: has no meaning for a data set to transfer to;"
                + " remove it"),
        arguments(
            "{transfer: [{data: {name: pets, subset: {fraction: 0.1}}}]}",
            "spec.transfer[0].data.subset: has no meaning for a data set to transfer to; remove"
                + " it"));
  }

  @ParameterizedTest
  @MethodSource({"ranges", "contradictions", "optimizations", "training"})
  void aBrokenRuleSaysWhatIsWrongAndWhatToDo(String yaml, String line) {
    assertThat(SpecText.faults(yaml)).containsExactly(line);
  }

  static Stream<Arguments> ranges() {
    return Stream.of(
        arguments(
            "{encoder: {initialWeights: {path: w.pth, mean: [0.5, 0.5], std: [0.2, 0.2, 0.2]}}}",
            "spec.encoder.initialWeights.mean: has 2 entries; write a list of 3 entries"),
        arguments(
            "{encoder: {initialWeights: {path: w.pth, mean: [0, 0, 0], std: [0.2, 0.2, 0]}}}",
            "spec.encoder.initialWeights.std[2]: is 0, out of range; write a number from 0.001 to"
                + " 1"),
        arguments(
            "{seed: -1}",
            "spec.seed: is -1, out of range; write a whole number from 0 to 2147483647, such as 0"),
        arguments(
            "{pretrain: {loss: {temperature: 0}}}",
            "spec.pretrain.loss.temperature: is 0, out of range; write a number from 0.001 to 10,"
                + " such as 0.1"),
        arguments(
            "{pretrain: {optimizer: {learningRate: NaN}}}",
            "spec.pretrain.optimizer.learningRate: is NaN, out of range; write a number from 0 to"
                + " 1000, such as 0.5"),
        arguments(
            "{pretrain: {batchSize: 1}}",
            "spec.pretrain.batchSize: is 1, out of range; write a whole number from 2 to 65536,"
                + " such as 1024"),
        arguments(
            "{encoder: {architecture: vgg}}",
            "spec.encoder.architecture: is not a known word; write one of resnet18, resnet34,"
                + " resnet50, resnet101, resnet152, resnet200"),
        arguments(
            "{data: {name: My_Data}}",
            "spec.data.name: is \"My_Data\", not a name; write at most 63 lower-case letters,"
                + " digits and inner '-', such as shapes"),
        arguments(
            "{data: {name: pets, path: " + "x".repeat(1025) + "}}",
            "spec.data.path: is too long; write text of at most 1024 characters"),
        arguments(
            "{data: {name: pets, s3: s3://images/../others}}",
            "spec.data.s3: is \"s3://images/../others\", not an address in S3; write"
                + " s3://bucket/folder or s3://bucket/file.tar, of letters, digits and inner . _ ="
                + " + @ -"),
        arguments(
            "{data: {name: pets, digest: ABC}}",
            "spec.data.digest: is \"ABC\", not a SHA-256; write 64 hexadecimal digits in lower"
                + " case"),
        arguments(
            "{execution: {pendingSeconds: 0}}",
            "spec.execution.pendingSeconds: is 0, out of range; write a whole number from 1 to"
                + " 2592000, such as 1800"),
        arguments(
            "{rerun: {}}",
            "spec.rerun.token: is \"\", not a name; write at most 63 lower-case letters, digits"
                + " and inner '-'"),
        arguments(
            "{linear: {learningRates: []}}",
            "spec.linear.learningRates: has 0 entries; write a list of 1 to 32 entries"),
        arguments(
            "{linear: {learningRates: [0.1, null]}}",
            "spec.linear.learningRates[1]: is null; write a number from 0.000001 to 1000"),
        arguments(
            "{corruption: {severities: [1, 6]}}",
            "spec.corruption.severities[1]: is 6, out of range; write a whole number from 1 to 5"),
        arguments(
            "{corruption: {types: [contrast, jpegs]}}",
            "spec.corruption.types[1]: is not a known word; write one of gaussianNoise, shotNoise,"
                + " impulseNoise, defocusBlur, glassBlur, motionBlur, zoomBlur, snow, frost, fog,"
                + " brightness, contrast, elasticTransform, pixelate, jpegCompression,"
                + " speckleNoise, gaussianBlur, spatter, saturate"),
        arguments(
            "{encoder: {variant: keras}}",
            "spec.encoder.variant: is not a known word; write one of torchvision, authorsTf"),
        arguments(
            "{projection: {hidden: [0]}}",
            "spec.projection.hidden[0]: is 0, out of range; write a whole number from 1 to 16384"),
        arguments(
            "{transfer: [{}]}",
            "spec.transfer[0].data.name: is \"\", not a name; write at most 63 lower-case letters,"
                + " digits and inner '-', such as shapes"),
        arguments(
            "{transfer: [null]}", "spec.transfer[0]: is null; write a mapping with data, l2"));
  }

  static Stream<Arguments> contradictions() {
    return Stream.of(
        arguments(
            "{encoder: {initialWeights: {}}}",
            "spec.encoder.initialWeights: says no place; write path, or s3 and sha256"),
        arguments(
            "{encoder: {initialWeights: {path: w.pth, s3: s3://weights/w.pth, sha256: "
                + "a".repeat(64)
                + "}}}",
            "spec.encoder.initialWeights: says two places; write path, or s3 and sha256"),
        arguments(
            "{encoder: {initialWeights: {s3: s3://weights/w.pth}}}",
            "spec.encoder.initialWeights.s3: is without spec.encoder.initialWeights.sha256; write"
                + " the file's SHA-256 beside it"),
        arguments(
            "{encoder: {initialWeights: {path: w.pth, mean: [0.5, 0.5, 0.5]}}}",
            "spec.encoder.initialWeights.mean: has a meaning beside the other of mean and std only;"
                + " write both or neither"),
        arguments(
            "{encoder: {initialWeights: {path: w.pth, std: [0.2, 0.2, 0.2]}}}",
            "spec.encoder.initialWeights.std: has a meaning beside the other of mean and std only;"
                + " write both or neither"),
        arguments(
            "{views: {cropAreaMin: 0.5, cropAreaMax: 0.3}}",
            "spec.views.cropAreaMin: is 0.5, more than spec.views.cropAreaMax (0.3); write a number"
                + " from 0.01 to 0.3"),
        arguments(
            "{views: {policy: autoAugment, jitterStrength: 1}}",
            "spec.views.jitterStrength: has no meaning when spec.views.policy is autoAugment;"
                + " remove it"),
        arguments(
            "{views: {policy: randAugment, warpProbability: 1}}",
            "spec.views.warpProbability: has no meaning when spec.views.policy is randAugment;"
                + " remove it"),
        arguments(
            "{views: {magnitudeStd: 1}}",
            "spec.views.magnitudeStd: has no meaning when spec.views.policy is simAugment; remove"
                + " it"),
        arguments(
            "{views: {policy: stackedRandAugment, table: v0}}",
            "spec.views.table: has no meaning when spec.views.policy is stackedRandAugment; remove"
                + " it"),
        arguments(
            "{views: {policy: autoAugment, table: imagenet}}",
            "spec.views.semantics: is authorsTf, in which there is no table imagenet; write"
                + " torchvision"),
        arguments(
            "{views: {policy: autoAugment, table: v0, semantics: torchvision}}",
            "spec.views.semantics: is torchvision, in which there is no table v0; write authorsTf"),
        arguments(
            "{views: {policy: stackedRandAugment, magnitude: 11}}",
            "spec.views.magnitude: is 11, but authorsTf has levels up to 10; write a number from 0"
                + " to 10, or semantics: torchvision"),
        arguments(
            "{pretrain: {epochs: 5}}",
            "spec.pretrain.warmupEpochs: is 10, more than spec.pretrain.epochs (5); write a number"
                + " from 0 to 5"),
        arguments(
            "{encoder: {stem: imagenet}}",
            "spec.encoder.stem: is imagenet, which divides the side by 32, but spec.data.imageSize"
                + " is 32; write cifar, or an imageSize of at least 64"),
        arguments(
            "{data: {name: cifar10, imageSize: 64}}",
            "spec.data.imageSize: is 64, but CIFAR has images of 32 x 32; write 32"),
        arguments(
            "{data: {name: voc2007}}",
            "spec.data.format: is voc2007, which has several labels an image, and no step learns"
                + " them yet; choose another data set"),
        arguments(
            "{data: {name: shapes, path: here}}",
            "spec.data.path: is written for an embedded data set; remove it"),
        arguments(
            "{data: {name: pets, path: here, s3: s3://images/pets}}",
            "spec.data.s3: is written beside spec.data.path; remove one of the two"),
        arguments(
            "{data: {name: shapes-novel, s3: s3://images/pets}}",
            "spec.data.s3: is written for an embedded data set; remove it"),
        arguments(
            "{execution: {steps: [{name: train, runtime: small}]}}",
            "spec.execution.steps[0].name: is \"train\", no step; write one of augment, corruption,"
                + " linear, pretrain, transfer"),
        arguments(
            "{execution: {steps: [{name: linear, runtime: a}, {name: linear, runtime: b}]}}",
            "spec.execution.steps[1].name: is \"linear\", as in spec.execution.steps[0].name;"
                + " remove one of the two"),
        arguments(
            "{data: {imageSize: 64}, corruption: {}}",
            "spec.corruption: is defined for images of 32 and of 224 pixels, but"
                + " spec.data.imageSize is 64; remove it, or write an imageSize of 32 or 224"),
        arguments(
            "{linear: {learningRates: [0.5, 1, 0.5]}}",
            "spec.linear.learningRates[2]: repeats an earlier entry; remove it"),
        arguments(
            "{corruption: {types: [contrast, frost]}}",
            "spec.corruption.types[1]: is frost, whose photographs are not shipped; remove it"),
        arguments(
            "{corruption: {types: [contrast, contrast]}}",
            "spec.corruption.types[1]: repeats an earlier entry; remove it"),
        arguments(
            "{corruption: {severities: [2, 2]}}",
            "spec.corruption.severities[1]: repeats an earlier entry; remove it"),
        arguments(
            "{transfer: [{data: {name: pets}, l2: [1, 1]}]}",
            "spec.transfer[0].l2[1]: repeats an earlier entry; remove it"),
        arguments(
            "{transfer: [{data: {name: pets}}, {data: {name: pets}}]}",
            "spec.transfer[1].data.name: is \"pets\", as in spec.transfer[0].data.name; remove one"
                + " of the two"),
        arguments(
            "{transfer: [{data: {name: shapes, holdout: 0.2}}]}",
            "spec.transfer[0].data.name: is spec.data.name (\"shapes\"), but with other settings;"
                + " write the same settings, or another name"),
        arguments(
            "{pretrain: {loss: {type: crossEntropy, temperature: 0.5}}}",
            "spec.pretrain.loss.temperature: has no meaning when spec.pretrain.loss.type is"
                + " crossEntropy; remove it"),
        arguments(
            "{pretrain: {loss: {type: crossEntropy, scale: none}}}",
            "spec.pretrain.loss.scale: has no meaning when spec.pretrain.loss.type is crossEntropy;"
                + " remove it"),
        arguments(
            "{pretrain: {loss: {type: crossEntropy, positives: inside}}}",
            "spec.pretrain.loss.positives: has no meaning when spec.pretrain.loss.type is"
                + " crossEntropy; remove it"),
        arguments(
            "{pretrain: {loss: {type: crossEntropy, anchors: one}}}",
            "spec.pretrain.loss.anchors: has no meaning when spec.pretrain.loss.type is"
                + " crossEntropy; remove it"),
        arguments(
            "{pretrain: {loss: {type: simClr, positivesCap: 2}}}",
            "spec.pretrain.loss.positivesCap: has no meaning when spec.pretrain.loss.type is"
                + " simClr; remove it"),
        arguments(
            "{pretrain: {loss: {type: nPairs, anchors: one}}}",
            "spec.pretrain.loss.anchors: has no meaning when spec.pretrain.loss.type is nPairs;"
                + " remove it"),
        arguments(
            "{pretrain: {loss: {type: triplet, temperature: 1}}}",
            "spec.pretrain.loss.temperature: has no meaning when spec.pretrain.loss.type is"
                + " triplet; remove it"),
        arguments(
            "{pretrain: {loss: {margin: 1}}}",
            "spec.pretrain.loss.margin: has no meaning when spec.pretrain.loss.type is supCon;"
                + " remove it"),
        arguments(
            "{pretrain: {loss: {type: triplet, labelSmoothing: 0.1}}}",
            "spec.pretrain.loss.labelSmoothing: has no meaning when spec.pretrain.loss.type is"
                + " triplet; remove it"),
        arguments(
            "{pretrain: {loss: {type: crossEntropy, angularMarginSoftening: 0}}}",
            "spec.pretrain.loss.angularMarginSoftening: has no meaning when spec.pretrain.loss.type"
                + " is crossEntropy; remove it"),
        arguments(
            "{projection: {dimension: 64}, pretrain: {loss: {type: largeMargin}}}",
            "spec.projection: has no meaning when spec.pretrain.loss.type is largeMargin; remove"
                + " it"),
        arguments(
            "{projection: {normalizeInput: true}, pretrain: {loss: {type: crossEntropy}}}",
            "spec.projection: has no meaning when spec.pretrain.loss.type is crossEntropy; remove"
                + " it"),
        arguments(
            "{pretrain: {loss: {joint: {}}}}",
            "spec.pretrain.loss.joint: has no meaning when spec.pretrain.loss.type is supCon;"
                + " remove it"),
        arguments(
            "{pretrain: {loss: {type: joint, margin: 1}}}",
            "spec.pretrain.loss.margin: has no meaning when spec.pretrain.loss.type is joint;"
                + " remove it"),
        arguments(
            "{pretrain: {loss: {type: joint, joint: {contrastiveWeight: 0}}}}",
            "spec.pretrain.loss.joint: has no term that trains the encoder; write a"
                + " contrastiveWeight above 0, or a crossEntropyWeight above 0 with"
                + " classifierGradient through"),
        arguments(
            "{pretrain: {loss: {type: joint, joint: {classifierGradient: halved}}}}",
            "spec.pretrain.loss.joint.classifierGradient: is not a known word; write one of"
                + " through, stopped"),
        arguments(
            "{pretrain: {loss: {type: joint}, memory: {}}}",
            "spec.pretrain.memory: is defined for the loss supCon in its plain form: positives"
                + " outside, anchors and denominator all, no cap and no class weights; remove it,"
                + " or write such a loss"),
        arguments(
            "{pretrain: {loss: {positivesCap: 3}}}",
            "spec.pretrain.loss.positivesCap: is 3, but counts views, two of each image; write an"
                + " even number"),
        arguments(
            "{projection: {dimension: 64}, pretrain: {loss: {type: crossEntropy}}}",
            "spec.projection: has no meaning when spec.pretrain.loss.type is crossEntropy; remove"
                + " it"));
  }

  static Stream<Arguments> optimizations() {
    return Stream.of(
        arguments(
            "{pretrain: {optimizer: {type: adam}}}",
            "spec.pretrain.optimizer.type: is not a known word; write one of sgd, lars, rmsProp,"
                + " adamW"),
        arguments(
            "{pretrain: {optimizer: {type: adamW, momentum: 0.5}}}",
            "spec.pretrain.optimizer.momentum: has no meaning for this"
                + " spec.pretrain.optimizer.type; remove it"),
        arguments(
            "{pretrain: {optimizer: {type: rmsProp, nesterov: true}}}",
            "spec.pretrain.optimizer.nesterov: has no meaning for this"
                + " spec.pretrain.optimizer.type; remove it"),
        arguments(
            "{pretrain: {optimizer: {momentum: 0, nesterov: true}}}",
            "spec.pretrain.optimizer.nesterov: is true, but the momentum is 0; remove it, or"
                + " write a momentum"),
        arguments(
            "{pretrain: {optimizer: {epsilon: 0.001}}}",
            "spec.pretrain.optimizer.epsilon: has no meaning for this"
                + " spec.pretrain.optimizer.type; remove it"),
        arguments(
            "{pretrain: {schedule: {type: constant, floor: 0.1}}}",
            "spec.pretrain.schedule.floor: has no meaning for this spec.pretrain.schedule.type;"
                + " remove it"),
        arguments(
            "{pretrain: {schedule: {type: steps}}}",
            "spec.pretrain.schedule.decayEpochs: has no entries, but spec.pretrain.schedule.type is"
                + " steps; write some"),
        arguments(
            "{pretrain: {schedule: {type: steps, decayEpochs: [700, 1000]}}}",
            "spec.pretrain.schedule.decayEpochs[1]: is 1000, not before the last of"
                + " spec.pretrain.epochs (1000); write a smaller one, or remove it"),
        arguments(
            "{pretrain: {schedule: {type: steps, decayEpochs: [700, 700]}}}",
            "spec.pretrain.schedule.decayEpochs[1]: repeats an earlier entry; remove it"),
        arguments(
            "{pretrain: {warmupEpochs: 0, schedule: {warmupFrom: 0.01}}}",
            "spec.pretrain.schedule.warmupFrom: has no meaning when spec.pretrain.warmupEpochs is"
                + " 0; remove it"),
        arguments(
            "{linear: {optimizer: {epsilon: 1}}}",
            "spec.linear.optimizer.epsilon: has no meaning for this spec.linear.optimizer.type;"
                + " remove it"),
        arguments(
            "{linear: {momentum: 0, optimizer: {nesterov: true}}}",
            "spec.linear.optimizer.nesterov: is true, but the momentum is 0; remove it, or write a"
                + " momentum"),
        arguments(
            "{linear: {epochs: 10, warmupEpochs: 12}}",
            "spec.linear.warmupEpochs: is 12, more than spec.linear.epochs (10); write a number"
                + " from 0 to 10"),
        arguments(
            "{linear: {schedule: {type: steps, decayEpochs: [100]}}}",
            "spec.linear.schedule.decayEpochs[0]: is 100, not before the last of spec.linear.epochs"
                + " (100); write a smaller one, or remove it"),
        arguments(
            "{linear: {schedule: {type: steps, decayEpochs: [60, 60]}}}",
            "spec.linear.schedule.decayEpochs[1]: repeats an earlier entry; remove it"),
        arguments(
            "{linear: {schedule: {warmupFrom: 0.01}}}",
            "spec.linear.schedule.warmupFrom: has no meaning when spec.linear.warmupEpochs is 0;"
                + " remove it"),
        arguments(
            "{linear: {labelSmoothing: 1}}",
            "spec.linear.labelSmoothing: is 1, out of range; write a number from 0 to 0.99, such as"
                + " 0.0"),
        arguments(
            "{pretrain: {batchSize: 96, chunkSize: 64}}",
            "spec.pretrain.chunkSize: is 64, which does not divide spec.pretrain.batchSize (96);"
                + " write a divisor of it"),
        arguments(
            "{pretrain: {batchSize: 96, devices: 5}}",
            "spec.pretrain.devices: is 5, which does not divide spec.pretrain.batchSize (96); write"
                + " a divisor of it"),
        arguments(
            "{pretrain: {batchSize: 8, devices: 8}}",
            "spec.pretrain.devices: is 8, so that each gets fewer than 2 images of"
                + " spec.pretrain.batchSize (8); write a smaller one"),
        arguments(
            "{pretrain: {devices: 2, memory: {}}}",
            "spec.pretrain.devices: is 2, but spec.pretrain.memory works on one device; write 1, or"
                + " remove the memory"),
        arguments(
            "{pretrain: {batchSize: 96, devices: 2, chunkSize: 32}}",
            "spec.pretrain.chunkSize: is 32, which does not divide the images of each of the"
                + " devices (48); write a divisor of that"),
        arguments(
            "{pretrain: {batchSize: 96, memory: {}}}",
            "spec.pretrain.memory.size: is 8192, no multiple of spec.pretrain.batchSize (96);"
                + " write a multiple of it"),
        arguments(
            "{pretrain: {chunkSize: 64, memory: {}}}",
            "spec.pretrain.chunkSize: has no meaning beside spec.pretrain.memory, whose batches"
                + " are small; remove one of the two"),
        arguments(
            "{pretrain: {loss: {type: simClr}, memory: {}}}",
            "spec.pretrain.memory: is defined for the loss supCon in its plain form: positives"
                + " outside, anchors and denominator all, no cap and no class weights; remove it,"
                + " or write such a loss"),
        arguments(
            "{pretrain: {knn: {everyEpochs: 0}, checkpoints: {keepBest: true}}}",
            "spec.pretrain.checkpoints.keepBest: is true, but spec.pretrain.knn.everyEpochs is 0;"
                + " write false, or an everyEpochs of 1 or more"),
        arguments(
            "{pretrain: {checkpoints: {keepLast: 1}}}",
            "spec.pretrain.checkpoints.keepLast: is 1, out of range; write a whole number from 2 to"
                + " 1000, such as 2"),
        arguments(
            "{pretrain: {nonFiniteBatches: -1}}",
            "spec.pretrain.nonFiniteBatches: is -1, out of range; write a whole number from 0 to"
                + " 1000, such as 5"),
        arguments(
            "{pretrain: {clipNorm: 0}}",
            "spec.pretrain.clipNorm: is 0, out of range; write a number from 0.000001 to 1000000"));
  }

  @Test
  void allFaultsAreSaidAtOnce() {
    assertThat(
            SpecText.faults(
                "{seed: -1, views: {cropAreaMin: 2}, pretrain: {epochs: 0, batchSize: 1}}"))
        .hasSizeGreaterThanOrEqualTo(4);
  }
}
