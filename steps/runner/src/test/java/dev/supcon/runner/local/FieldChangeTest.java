package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldChangeTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String BEFORE = "{'spec':{'a':1,'list':[1,2],'map':{'b':true}}}";

  private static ObjectNode tree(String json) throws JsonProcessingException {
    return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "spec.a=2        | {'spec':{'a':2,'list':[1,2],'map':{'b':true}}}",
        "a=2             | {'spec':{'a':2,'list':[1,2],'map':{'b':true}}}",
        "a=null          | {'spec':{'list':[1,2],'map':{'b':true}}}",
        "a='2'           | {'spec':{'a':'2','list':[1,2],'map':{'b':true}}}",
        "map.b=no=yes    | {'spec':{'a':1,'list':[1,2],'map':{'b':'no=yes'}}}",
        "list=[3]        | {'spec':{'a':1,'list':[3],'map':{'b':true}}}",
        "list[1]=3       | {'spec':{'a':1,'list':[1,3],'map':{'b':true}}}",
        "list.1=3        | {'spec':{'a':1,'list':[1,3],'map':{'b':true}}}",
        "list[2]=3       | {'spec':{'a':1,'list':[1,2,3],'map':{'b':true}}}",
        "list[0]=null    | {'spec':{'a':1,'list':[2],'map':{'b':true}}}",
        "x.y=1           | {'spec':{'a':1,'list':[1,2],'map':{'b':true},'x':{'y':1}}}",
        "x[0].y=1        | {'spec':{'a':1,'list':[1,2],'map':{'b':true},'x':[{'y':1}]}}",
        "metadata.name=n | {'spec':{'a':1,'list':[1,2],'map':{'b':true}},'metadata':{'name':'n'}}",
      })
  void aChangeIsThatFieldsValueAndNothingElses(String change, String after)
      throws JsonProcessingException {
    ObjectNode root = tree(BEFORE);
    FieldChange.of(change).applyTo(root);

    assertThat(root).isEqualTo(tree(after));
  }

  @ParameterizedTest
  @CsvSource({
    "a, is not PATH=VALUE",
    "=1, is not PATH=VALUE",
    "a b=1, is not PATH=VALUE",
    "a.b=1, 'a' has no fields",
    "list[3]=1, 'no place in a list; write 0 to 2'",
    "list.x=1, no place in a list",
    "list[5]=null, no place in a list",
    "a..b=1, ''",
    "list[2]=null, there is nothing to remove",
  })
  void aChangeThatFitsNowhereIsRefusedAsItWasWritten(String change, String why)
      throws JsonProcessingException {
    ObjectNode root = tree(BEFORE);

    StepFailure failure =
        catchThrowableOfType(StepFailure.class, () -> FieldChange.of(change).applyTo(root));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure).hasMessageContaining("--set " + change).hasMessageContaining(why);
  }
}
