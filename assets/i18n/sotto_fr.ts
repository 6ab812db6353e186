<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
    <context>
        <name>ApprovalCard</name>
        <message>
            <source>Approval of the community</source>
            <translation>Approbation de la communauté</translation>
        </message>
        <message>
            <source>Nothing leaves for research before this community approves: %1. It waits on this tablet; everything else can be sent.</source>
            <translation>Rien ne part pour la recherche avant que cette communauté l'approuve : %1. Cela attend sur cette tablette; tout le reste peut partir.</translation>
        </message>
        <message>
            <source>Who approved, and the number or day of the decision</source>
            <translation>Qui a approuvé, et le numéro ou le jour de la décision</translation>
        </message>
        <message>
            <source>Write the approval down</source>
            <translation>Noter l'approbation</translation>
        </message>
        <message>
            <source>The approval was taken back</source>
            <translation>L'approbation a été reprise</translation>
        </message>
    </context>
    <context>
        <name>AroundCard</name>
        <message>
            <source>Around the interview</source>
            <translation>Autour de l'entrevue</translation>
        </message>
        <message>
            <source>In person</source>
            <translation>En personne</translation>
        </message>
        <message>
            <source>By telephone</source>
            <translation>Par téléphone</translation>
        </message>
        <message>
            <source>Put the telephone on speaker, close to the tablet, where nobody else hears it. Nothing has to be handed over: you read aloud and tick for the person.</source>
            <translation>Mettez le téléphone en mains libres, près de la tablette, là où personne d'autre n'entend. Il n'y a rien à passer : vous lisez à voix haute et cochez pour la personne.</translation>
        </message>
        <message>
            <source>Could somebody overhear, on either side?</source>
            <translation>Quelqu'un pourrait-il entendre, d'un côté ou de l'autre ?</translation>
        </message>
        <message>
            <source>Could somebody overhear?</source>
            <translation>Quelqu'un pourrait-il entendre ?</translation>
        </message>
        <message>
            <source>Nobody</source>
            <translation>Personne</translation>
        </message>
        <message>
            <source>Perhaps</source>
            <translation>Peut-être</translation>
        </message>
        <message>
            <source>Close the door, move elsewhere, or turn on a radio in between. Say that questions can wait, and agree on a word that means: somebody is near.</source>
            <translation>Fermez la porte, changez de place, ou allumez une radio entre vous et les autres. Dites que les questions peuvent attendre, et convenez d'un mot qui veut dire : quelqu'un est tout près.</translation>
        </message>
        <message>
            <source>Who else is here?</source>
            <translation>Qui d'autre est présent ?</translation>
        </message>
        <message>
            <source>Somebody here did not agree to be recorded: notes only</source>
            <translation>Une personne présente n'a pas accepté d'être enregistrée : notes seulement</translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) besides you two</source>
            <translation>
                <numerusform>%n personne en plus de vous deux</numerusform>
                <numerusform>%n personnes en plus de vous deux</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Audit</name>
        <message>
            <source>Earlier lines were forgotten with what they were about</source>
            <translation>Des lignes ont été oubliées avec ce dont elles parlaient</translation>
        </message>
        <message>
            <source>Consent was confirmed at a visit</source>
            <translation>Le consentement a été confirmé à une visite</translation>
        </message>
        <message>
            <source>The participant got their copy</source>
            <translation>La personne a reçu sa copie</translation>
        </message>
        <message>
            <source>A participant's copy was saved where they chose</source>
            <translation>La copie d'une personne a été enregistrée là où elle l'a choisi</translation>
        </message>
        <message>
            <source>Somebody did not wish to go on at a visit</source>
            <translation>Une personne n'a pas souhaité continuer à une visite</translation>
        </message>
        <message>
            <source>Somebody did not consent</source>
            <translation>Une personne n'a pas consenti</translation>
        </message>
        <message>
            <source>Consent was given</source>
            <translation>Un consentement a été donné</translation>
        </message>
        <message>
            <source>Contact details were erased, as nobody may use them any more</source>
            <translation>Des coordonnées ont été effacées, parce que personne ne peut plus s'en servir</translation>
        </message>
        <message>
            <source>Something was erased for good</source>
            <translation>Quelque chose a été effacé pour de bon</translation>
        </message>
        <message>
            <source>The approval to share for research was taken back</source>
            <translation>L'approbation du partage pour la recherche a été reprise</translation>
        </message>
        <message>
            <source>Sharing for research was approved</source>
            <translation>Le partage pour la recherche a été approuvé</translation>
        </message>
        <message>
            <source>An answer called for support</source>
            <translation>Une réponse a appelé du soutien</translation>
        </message>
        <message>
            <source>A group was made</source>
            <translation>Un groupe a été formé</translation>
        </message>
        <message>
            <source>This tablet was set up</source>
            <translation>Cette tablette a été préparée</translation>
        </message>
        <message>
            <source>A lost index was made again from the recordings</source>
            <translation>Un index perdu a été refait à partir des enregistrements</translation>
        </message>
        <message>
            <source>The lab gave this tablet new keys</source>
            <translation>Le labo a donné de nouvelles clés à cette tablette</translation>
        </message>
        <message>
            <source>A confidentiality incident was written down</source>
            <translation>Un incident de confidentialité a été noté</translation>
        </message>
        <message>
            <source>What is kept was wrapped in new keys</source>
            <translation>Ce qui est gardé a été enveloppé sous de nouvelles clés</translation>
        </message>
        <message>
            <source>Somebody who was named agreed to be asked</source>
            <translation>Une personne nommée a accepté d'être jointe</translation>
        </message>
        <message>
            <source>A participant named somebody</source>
            <translation>Une personne en a nommé une autre</translation>
        </message>
        <message>
            <source>Contacts that stayed without an answer were erased</source>
            <translation>Des coordonnées restées sans réponse ont été effacées</translation>
        </message>
        <message>
            <source>A note was added after an interview</source>
            <translation>Une note a été ajoutée après une entrevue</translation>
        </message>
        <message>
            <source>A note was taken away after an interview</source>
            <translation>Une note a été retirée après une entrevue</translation>
        </message>
        <message>
            <source>A damaged package was sealed anew</source>
            <translation>Un paquet abîmé a été scellé de nouveau</translation>
        </message>
        <message>
            <source>Packages were sent, or receipts came back</source>
            <translation>Des paquets sont partis, ou des accusés sont revenus</translation>
        </message>
        <message>
            <source>Somebody changed their passphrase</source>
            <translation>Une personne a changé sa phrase de passe</translation>
        </message>
        <message>
            <source>A team member was let into this tablet</source>
            <translation>Une personne de l'équipe a reçu l'accès à cette tablette</translation>
        </message>
        <message>
            <source>A team member was let into more</source>
            <translation>Une personne de l'équipe a reçu un accès de plus</translation>
        </message>
        <message>
            <source>A team member was shut out of this tablet</source>
            <translation>Une personne de l'équipe a perdu l'accès à cette tablette</translation>
        </message>
        <message>
            <source>A team member was shut out of something</source>
            <translation>Une personne de l'équipe a perdu un accès</translation>
        </message>
        <message>
            <source>Somebody agreed to be asked whether the study suits them</source>
            <translation>Une personne a accepté les questions pour voir si l'étude lui convient</translation>
        </message>
        <message>
            <source>A deviation from the rules was approved</source>
            <translation>Un écart aux règles a été approuvé</translation>
        </message>
        <message>
            <source>The study is the right fit for somebody</source>
            <translation>L'étude convient à une personne</translation>
        </message>
        <message>
            <source>The study is not the right fit now for somebody</source>
            <translation>L'étude ne convient pas à une personne en ce moment</translation>
        </message>
        <message>
            <source>Support was given during the first questions</source>
            <translation>Du soutien a été donné pendant les premières questions</translation>
        </message>
        <message>
            <source>Support was offered during the first questions</source>
            <translation>Du soutien a été offert pendant les premières questions</translation>
        </message>
        <message>
            <source>A recording was listened to</source>
            <translation>Un enregistrement a été écouté</translation>
        </message>
        <message>
            <source>An interview went on</source>
            <translation>Une entrevue a repris</translation>
        </message>
        <message>
            <source>An interview was sealed for the lab</source>
            <translation>Une entrevue a été scellée pour le labo</translation>
        </message>
        <message>
            <source>An interview began</source>
            <translation>Une entrevue a commencé</translation>
        </message>
        <message>
            <source>The folder for sending was chosen</source>
            <translation>Le dossier d'envoi a été choisi</translation>
        </message>
        <message>
            <source>A newer version of the study came into force</source>
            <translation>Une version plus récente de l'étude est entrée en vigueur</translation>
        </message>
        <message>
            <source>Support was offered</source>
            <translation>Du soutien a été offert</translation>
        </message>
        <message>
            <source>Somebody took back their taking part</source>
            <translation>Une personne a repris sa participation</translation>
        </message>
        <message>
            <source>Orders to erase were sent, or the lab confirmed them</source>
            <translation>Des demandes d'effacement sont parties, ou le labo les a confirmées</translation>
        </message>
        <message>
            <source>Forgotten, because what it was about was erased</source>
            <translation>Oublié, parce que ce dont il s'agissait a été effacé</translation>
        </message>
        <message>
            <source>A step of pause and support</source>
            <translation>Une étape de pause et soutien</translation>
        </message>
    </context>
    <context>
        <name>CameInSheet</name>
        <message>
            <source>Somebody came in</source>
            <translation>Quelqu'un est entré</translation>
        </message>
        <message>
            <source>Recording stopped when you touched the key. Shall something of what was said before be taken back? It is destroyed before anything leaves the tablet.</source>
            <translation>L'enregistrement s'est arrêté quand vous avez touché la touche. Faut-il reprendre une partie de ce qui a été dit avant ? Elle est détruite avant que quoi que ce soit ne quitte la tablette.</translation>
        </message>
        <message>
            <source>Keep everything</source>
            <translation>Tout garder</translation>
        </message>
    </context>
    <context>
        <name>CloseSheet</name>
        <message>
            <source>An interview is running</source>
            <translation>Une entrevue est en cours</translation>
        </message>
        <message>
            <source>If you close Sotto now, the recording stops. What was recorded stays, and you can go on in the same interview later.</source>
            <translation>Si vous fermez Sotto maintenant, l'enregistrement s'arrête. Ce qui a été enregistré reste, et vous pourrez continuer la même entrevue plus tard.</translation>
        </message>
        <message>
            <source>Stop and close</source>
            <translation>Arrêter et fermer</translation>
        </message>
        <message>
            <source>Go on with the interview</source>
            <translation>Continuer l'entrevue</translation>
        </message>
    </context>
    <context>
        <name>ConfirmPage</name>
        <message>
            <source>Before you go on</source>
            <translation>Avant de continuer</translation>
        </message>
        <message>
            <source>It is still fine</source>
            <translation>Cela me convient toujours</translation>
        </message>
        <message>
            <source>Stop here</source>
            <translation>M'arrêter ici</translation>
        </message>
        <message>
            <source>Is it still fine to go on?</source>
            <translation>Est-ce que cela vous convient toujours de continuer ?</translation>
        </message>
        <message>
            <source>You agreed to this some time ago, and you may have changed your mind. You can stop now, at any time later, or leave a question out. Nobody asks why.</source>
            <translation>Vous avez accepté il y a quelque temps, et vous avez peut-être changé d'avis. Vous pouvez vous arrêter maintenant, à tout moment plus tard, ou laisser une question de côté. Personne ne demande pourquoi.</translation>
        </message>
    </context>
    <context>
        <name>ConfirmSheet</name>
        <message>
            <source>Yes</source>
            <translation>Oui</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
    </context>
    <context>
        <name>ConsentChoices</name>
        <message>
            <source>The person themself</source>
            <translation>La personne elle-même</translation>
        </message>
        <message>
            <source>A parent or guardian, together with the young person</source>
            <translation>Un parent ou une tutrice, un tuteur, avec la jeune personne</translation>
        </message>
        <message>
            <source>A representative, together with the person</source>
            <translation>Une ou un mandataire, avec la personne</translation>
        </message>
        <message>
            <source>Where is this?</source>
            <translation>Où êtes-vous ?</translation>
        </message>
        <message>
            <source>Who decides?</source>
            <translation>Qui décide ?</translation>
        </message>
        <message>
            <source>How is consent given?</source>
            <translation>Comment le consentement est-il donné ?</translation>
        </message>
        <message>
            <source>On the tablet</source>
            <translation>Sur la tablette</translation>
        </message>
        <message>
            <source>Read and signed on the glass.</source>
            <translation>Lu et signé à l'écran.</translation>
        </message>
        <message>
            <source>On paper</source>
            <translation>Sur papier</translation>
        </message>
        <message>
            <source>Signed with a pen. You take in a picture of it, and attest it.</source>
            <translation>Signé au stylo. Vous en ajoutez une image, et vous l'attestez.</translation>
        </message>
        <message>
            <source>By voice</source>
            <translation>De vive voix</translation>
        </message>
        <message>
            <source>You read it aloud, they answer aloud. A statement is recorded, and you attest it.</source>
            <translation>Vous lisez à voix haute, la personne répond à voix haute. Une déclaration est enregistrée, et vous l'attestez.</translation>
        </message>
        <message>
            <source>On paper, or by voice</source>
            <translation>Sur papier, ou de vive voix</translation>
        </message>
    </context>
    <context>
        <name>ConsentPage</name>
        <message>
            <source>Consent</source>
            <translation>Consentement</translation>
        </message>
        <message>
            <source>Part %1 of %2</source>
            <translation>Partie %1 de %2</translation>
        </message>
        <message>
            <source>Question %1 of %2</source>
            <translation>Question %1 de %2</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>Sign and keep</source>
            <translation>Signer et conserver</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>I do not want to take part</source>
            <translation>Je ne veux pas participer</translation>
        </message>
        <message>
            <source>You do not want to take part</source>
            <translation>Vous ne voulez pas participer</translation>
        </message>
        <message>
            <source>That is fine, and nobody asks why. Nothing that was answered here is kept.</source>
            <translation>C'est correct, et personne ne demande pourquoi. Rien de ce qui a été répondu ici n'est gardé.</translation>
        </message>
        <message>
            <source>I do not take part</source>
            <translation>Je ne participe pas</translation>
        </message>
        <message>
            <source>Back to the form</source>
            <translation>Revenir au formulaire</translation>
        </message>
        <message>
            <source>Without a yes here there is no interview. That is fine too.</source>
            <translation>Sans un oui ici, il n'y a pas d'entrevue. C'est correct aussi.</translation>
        </message>
        <message>
            <source>Your choices</source>
            <translation>Vos choix</translation>
        </message>
        <message>
            <source>You do not take part</source>
            <translation>Vous ne participez pas</translation>
        </message>
        <message>
            <source>Yes</source>
            <translation>Oui</translation>
        </message>
        <message>
            <source>No</source>
            <translation>Non</translation>
        </message>
        <message>
            <source>Your signature</source>
            <translation>Votre signature</translation>
        </message>
        <message>
            <source>Now the interviewer signs: I explained the study, answered the questions, and saw the signature.</source>
            <translation>L'intervieweuse ou l'intervieweur signe à son tour : j'ai expliqué l'étude, répondu aux questions et vu la signature.</translation>
        </message>
        <message>
            <source>Signature of the interviewer</source>
            <translation>Signature de la personne qui mène l'entrevue</translation>
        </message>
        <message>
            <source>Thank you</source>
            <translation>Merci</translation>
        </message>
        <message>
            <source>Thank you for your time</source>
            <translation>Merci de votre temps</translation>
        </message>
        <message>
            <source>Your choices are kept with your signature, sealed on this tablet. You can change your mind at any time.</source>
            <translation>Vos choix sont gardés avec votre signature, scellés sur cette tablette. Vous pouvez changer d'idée en tout temps.</translation>
        </message>
        <message>
            <source>There will be no interview.</source>
            <translation>Il n'y aura pas d'entrevue.</translation>
        </message>
        <message>
            <source>Please hand the tablet back to the interviewer.</source>
            <translation>Veuillez rendre la tablette à la personne qui mène l'entrevue.</translation>
        </message>
        <message>
            <source>For the parent or guardian</source>
            <translation>Pour le parent, la tutrice ou le tuteur</translation>
        </message>
        <message>
            <source>For the representative</source>
            <translation>Pour la ou le mandataire</translation>
        </message>
        <message>
            <source>For the person themself</source>
            <translation>Pour la personne elle-même</translation>
        </message>
        <message>
            <source>A new version of the form is in force. What was signed before stays as it was.</source>
            <translation>Une nouvelle version du formulaire est en vigueur. Ce qui a été signé avant reste tel quel.</translation>
        </message>
        <message>
            <source>On paper, or by voice</source>
            <translation>Sur papier, ou de vive voix</translation>
        </message>
        <message>
            <source>To see whether the text is clear. There is nothing to lose here.</source>
            <translation>Pour voir si le texte est clair. Il n'y a rien à perdre ici.</translation>
        </message>
        <message>
            <source>The text did not make this clear enough. Look at it once more together, then choose again or go on.</source>
            <translation>Le texte ne l'a pas dit assez clairement. Regardez-le encore une fois ensemble, puis choisissez de nouveau ou continuez.</translation>
        </message>
        <message>
            <source>Name of who signs</source>
            <translation>Nom de qui signe</translation>
        </message>
        <message>
            <source>This is a mark, and a witness is here</source>
            <translation>C'est une marque, et un témoin est présent</translation>
        </message>
        <message>
            <source>Now the interviewer signs: I explained the study, answered the questions, and this is the paper that was signed.</source>
            <translation>La personne qui mène l'entrevue signe à son tour : j'ai expliqué l'étude, répondu aux questions, et ceci est le papier qui a été signé.</translation>
        </message>
        <message>
            <source>Now the interviewer signs: I read the text aloud, answered the questions, and heard these answers.</source>
            <translation>La personne qui mène l'entrevue signe à son tour : j'ai lu le texte à voix haute, répondu aux questions et entendu ces réponses.</translation>
        </message>
    </context>
    <context>
        <name>ConsentProof</name>
        <message>
            <source>A picture of the signed paper</source>
            <translation>Une image du papier signé</translation>
        </message>
        <message>
            <source>The paper must bear version %1. The picture is sealed on this tablet, with the name. It stays where you took it from as well: erase it there.</source>
            <translation>Le papier doit porter la version %1. L'image est scellée sur cette tablette, avec le nom. Elle reste aussi là où vous l'avez prise : effacez-la à cet endroit.</translation>
        </message>
        <message>
            <source>Choose another picture</source>
            <translation>Choisir une autre image</translation>
        </message>
        <message>
            <source>Choose the picture</source>
            <translation>Choisir l'image</translation>
        </message>
        <message>
            <source>Or type where the picture is</source>
            <translation>Ou indiquez où se trouve l'image</translation>
        </message>
        <message>
            <source>Take in this picture</source>
            <translation>Ajouter cette image</translation>
        </message>
        <message>
            <source>The picture is taken in.</source>
            <translation>L'image est ajoutée.</translation>
        </message>
        <message>
            <source>They made a mark, and a witness signed</source>
            <translation>La personne a fait une marque, et un témoin a signé</translation>
        </message>
        <message>
            <source>Name of the witness</source>
            <translation>Nom du témoin</translation>
        </message>
        <message>
            <source>Consent by voice</source>
            <translation>Consentement de vive voix</translation>
        </message>
        <message>
            <source>Ask first whether this statement may be recorded; it is kept apart from the interview. Then ask them to say who they are, that they heard the text, and what they chose.</source>
            <translation>Demandez d'abord si cette déclaration peut être enregistrée ; elle est gardée à part de l'entrevue. Demandez ensuite à la personne de dire qui elle est, qu'elle a entendu le texte, et ce qu'elle a choisi.</translation>
        </message>
        <message>
            <source>End the statement</source>
            <translation>Terminer la déclaration</translation>
        </message>
        <message>
            <source>Record it again</source>
            <translation>L'enregistrer de nouveau</translation>
        </message>
        <message>
            <source>Record the statement</source>
            <translation>Enregistrer la déclaration</translation>
        </message>
        <message>
            <source>The statement is recorded.</source>
            <translation>La déclaration est enregistrée.</translation>
        </message>
        <message>
            <source>The witness</source>
            <translation>Le témoin</translation>
        </message>
        <message>
            <source>I saw the person agree, freely, after the text was explained to them. I am not part of the team.</source>
            <translation>J'ai vu la personne accepter, librement, après qu'on lui a expliqué le texte. Je ne fais pas partie de l'équipe.</translation>
        </message>
        <message>
            <source>Signature of the witness</source>
            <translation>Signature du témoin</translation>
        </message>
    </context>
    <context>
        <name>ContactCard</name>
        <message>
            <source>Name and contact</source>
            <translation>Nom et contact</translation>
        </message>
        <message>
            <source>Show the name</source>
            <translation>Montrer le nom</translation>
        </message>
        <message>
            <source>Safe ways: %1</source>
            <translation>Façons sûres : %1</translation>
        </message>
        <message>
            <source>Safe hours: %1</source>
            <translation>Heures sûres : %1</translation>
        </message>
        <message>
            <source>Appointment: %1</source>
            <translation>Rendez-vous : %1</translation>
        </message>
        <message>
            <source>telephone call</source>
            <translation>appel téléphonique</translation>
        </message>
        <message>
            <source>message</source>
            <translation>message</translation>
        </message>
        <message>
            <source>met in person</source>
            <translation>rencontre en personne</translation>
        </message>
        <message>
            <source>no answer</source>
            <translation>pas de réponse</translation>
        </message>
        <message>
            <source>%1: %2. %3</source>
            <translation>%1 : %2. %3</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
        <message>
            <source>Contacts and appointment</source>
            <translation>Contacts et rendez-vous</translation>
        </message>
    </context>
    <context>
        <name>ContactSheet</name>
        <message>
            <source>Contacts and appointment</source>
            <translation>Contacts et rendez-vous</translation>
        </message>
        <message>
            <source>Safe ways to reach them</source>
            <translation>Façons sûres de joindre la personne</translation>
        </message>
        <message>
            <source>For example: text messages only, never leave a voice message.</source>
            <translation>Par exemple : seulement par texto, ne jamais laisser de message vocal.</translation>
        </message>
        <message>
            <source>Safe hours</source>
            <translation>Heures sûres</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Garder</translation>
        </message>
        <message>
            <source>Write down a contact</source>
            <translation>Noter un contact</translation>
        </message>
        <message>
            <source>Telephone call</source>
            <translation>Appel téléphonique</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Message</translation>
        </message>
        <message>
            <source>Met in person</source>
            <translation>Rencontre en personne</translation>
        </message>
        <message>
            <source>No answer</source>
            <translation>Pas de réponse</translation>
        </message>
        <message>
            <source>Remark (may be empty)</source>
            <translation>Remarque (peut rester vide)</translation>
        </message>
        <message>
            <source>Add to the contacts</source>
            <translation>Ajouter aux contacts</translation>
        </message>
        <message>
            <source>Appointment</source>
            <translation>Rendez-vous</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Jour</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Heure</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Lieu</translation>
        </message>
        <message>
            <source>Keep the appointment</source>
            <translation>Garder le rendez-vous</translation>
        </message>
        <message>
            <source>They did not come</source>
            <translation>La personne n'est pas venue</translation>
        </message>
        <message>
            <source>It was called off</source>
            <translation>Le rendez-vous est annulé</translation>
        </message>
        <message>
            <source>Move the appointment</source>
            <translation>Déplacer le rendez-vous</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
    </context>
    <context>
        <name>CopiesOwedCard</name>
        <message>
            <source>Copies to hand over</source>
            <translation>Exemplaires à remettre</translation>
        </message>
        <message>
            <source>since %1</source>
            <translation>depuis le %1</translation>
        </message>
    </context>
    <context>
        <name>CopyCard</name>
        <message>
            <source>Your copy</source>
            <translation>Votre exemplaire</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>Enregistré sous %1</translation>
        </message>
        <message>
            <source>You have your copy.</source>
            <translation>Vous avez votre exemplaire.</translation>
        </message>
        <message>
            <source>No copy, as you wish. You can ask for one at any time.</source>
            <translation>Pas d'exemplaire, comme vous le souhaitez. Vous pouvez en demander un en tout temps.</translation>
        </message>
        <message>
            <source>If you choose nothing now, you get your copy later.</source>
            <translation>Si vous ne choisissez rien maintenant, vous recevrez votre exemplaire plus tard.</translation>
        </message>
        <message>
            <source>Others may find a copy where you live. You choose how you want yours.</source>
            <translation>D'autres peuvent trouver un exemplaire là où vous vivez. Vous choisissez comment vous voulez le vôtre.</translation>
        </message>
        <message>
            <source>Your code, if you change your mind: %1. Your name is enough, too.</source>
            <translation>Votre code, si vous changez d'avis : %1. Votre nom suffit aussi.</translation>
        </message>
        <message>
            <source>Save it on a stick</source>
            <translation>L'enregistrer sur une clé</translation>
        </message>
        <message>
            <source>Save it with small pages</source>
            <translation>L'enregistrer en petites pages</translation>
        </message>
        <message>
            <source>I have it on paper</source>
            <translation>Je l'ai sur papier</translation>
        </message>
        <message>
            <source>I would rather have no copy</source>
            <translation>Je préfère ne pas avoir d'exemplaire</translation>
        </message>
        <message>
            <source>Give me a copy later</source>
            <translation>Me donner un exemplaire plus tard</translation>
        </message>
        <message>
            <source>Where to?</source>
            <translation>À quel endroit ?</translation>
        </message>
    </context>
    <context>
        <name>CopyPage</name>
        <message>
            <source>Copy of the consent</source>
            <translation>Exemplaire du consentement</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>Nothing was signed yet.</source>
            <translation>Rien n'a encore été signé.</translation>
        </message>
    </context>
    <context>
        <name>CountdownText</name>
        <message>
            <source>You can try again in %1</source>
            <translation>Vous pourrez réessayer dans %1</translation>
        </message>
    </context>
    <context>
        <name>Cover</name>
        <message>
            <source>Covered</source>
            <translation>Couvert</translation>
        </message>
        <message>
            <source>Choose four digits. They bring you back here, for this interview only.</source>
            <translation>Choisissez quatre chiffres. Ils vous ramènent ici, pour cette entrevue seulement.</translation>
        </message>
        <message>
            <source>Too many tries. Enter your passphrase.</source>
            <translation>Trop d'essais. Entrez votre phrase de passe.</translation>
        </message>
        <message>
            <source>Four digits</source>
            <translation>Quatre chiffres</translation>
        </message>
        <message>
            <source>Come back</source>
            <translation>Revenir</translation>
        </message>
        <message>
            <source>Keep these digits</source>
            <translation>Garder ces chiffres</translation>
        </message>
        <message>
            <source>Locked</source>
            <translation>Verrouillé</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
        <message>
            <source>Your passphrase</source>
            <translation>Votre phrase de passe</translation>
        </message>
        <message>
            <source>Unlocking …</source>
            <translation>Déverrouillage…</translation>
        </message>
        <message>
            <source>The tablet is locked. The interview goes on; your passphrase leads back to it.</source>
            <translation>La tablette est verrouillée. L'entrevue continue ; votre phrase de passe y ramène.</translation>
        </message>
    </context>
    <context>
        <name>DeviceBanner</name>
        <message>
            <source>Room for about %1 h of recording. Battery %2 %.</source>
            <translation>Place pour environ %1 h d'enregistrement. Pile à %2 %.</translation>
        </message>
        <message>
            <source>Room for about %1 h of recording.</source>
            <translation>Place pour environ %1 h d'enregistrement.</translation>
        </message>
        <message>
            <source>Room for less than 30 minutes of recording. Free some space before you begin.</source>
            <translation>Moins de 30 minutes d'enregistrement possibles. Libérez de l'espace avant de commencer.</translation>
        </message>
        <message>
            <source>The battery is at %1 %. Plug the tablet in.</source>
            <translation>La pile est à %1 %. Branchez la tablette.</translation>
        </message>
    </context>
    <context>
        <name>Error</name>
        <message>
            <source>That does not fit here. Check what was entered.</source>
            <translation>Cela ne convient pas ici. Vérifiez ce qui a été entré.</translation>
        </message>
        <message>
            <source>That is not there, or not any more.</source>
            <translation>Cela n'est pas là, ou n'y est plus.</translation>
        </message>
        <message>
            <source>That exists already. Nothing was replaced.</source>
            <translation>Cela existe déjà. Rien n'a été remplacé.</translation>
        </message>
        <message>
            <source>This file is not what it should be. Ask for it again.</source>
            <translation>Ce fichier n'est pas ce qu'il devrait être. Redemandez-le.</translation>
        </message>
        <message>
            <source>This version of Sotto cannot do that.</source>
            <translation>Cette version de Sotto ne peut pas faire cela.</translation>
        </message>
        <message>
            <source>A newer version of Sotto wrote this. Update Sotto; nothing was changed.</source>
            <translation>Une version plus récente de Sotto a écrit ceci. Mettez Sotto à jour; rien n'a été changé.</translation>
        </message>
        <message>
            <source>That is not the passphrase. Nothing was changed.</source>
            <translation>Ce n'est pas la phrase de passe. Rien n'a été changé.</translation>
        </message>
        <message>
            <source>Too many tries. Wait for the countdown, then try again.</source>
            <translation>Trop d'essais. Attendez la fin du compte à rebours, puis réessayez.</translation>
        </message>
        <message>
            <source>No key on this tablet opens this.</source>
            <translation>Aucune clé de cette tablette n'ouvre ceci.</translation>
        </message>
        <message>
            <source>The lab's signature does not fit. Do not use this file; ask the lab.</source>
            <translation>La signature du labo ne correspond pas. N'utilisez pas ce fichier; demandez au labo.</translation>
        </message>
        <message>
            <source>Something on this tablet is damaged. What can still be read is kept; ask the lab.</source>
            <translation>Quelque chose est endommagé sur cette tablette. Ce qui peut encore être lu est gardé; demandez au labo.</translation>
        </message>
        <message>
            <source>The tablet is full. What was recorded is safe. Free some space, then go on.</source>
            <translation>La tablette est pleine. Ce qui a été enregistré est en sûreté. Libérez de l'espace, puis continuez.</translation>
        </message>
        <message>
            <source>The tablet could not read or write. What was recorded before is safe. Try again.</source>
            <translation>La tablette n'a pas pu lire ou écrire. Ce qui a été enregistré avant est en sûreté. Réessayez.</translation>
        </message>
        <message>
            <source>Writing failed. What was recorded before is safe. Close Sotto and open it again.</source>
            <translation>L'écriture a échoué. Ce qui a été enregistré avant est en sûreté. Fermez Sotto et ouvrez-le de nouveau.</translation>
        </message>
        <message>
            <source>Another window of Sotto is open on this tablet. Close it first.</source>
            <translation>Une autre fenêtre de Sotto est ouverte sur cette tablette. Fermez-la d'abord.</translation>
        </message>
        <message>
            <source>The tablet does not permit that.</source>
            <translation>La tablette ne le permet pas.</translation>
        </message>
        <message>
            <source>The person's consent does not allow this.</source>
            <translation>Le consentement de la personne ne le permet pas.</translation>
        </message>
        <message>
            <source>This is not allowed here.</source>
            <translation>Ce n'est pas permis ici.</translation>
        </message>
        <message>
            <source>Sotto is locked. Unlock it first.</source>
            <translation>Sotto est verrouillé. Déverrouillez-le d'abord.</translation>
        </message>
        <message>
            <source>It was stopped. Nothing half-done stays.</source>
            <translation>C'est arrêté. Rien ne reste à moitié fait.</translation>
        </message>
    </context>
    <context>
        <name>FileChooser</name>
        <message>
            <source>One folder up</source>
            <translation>Dossier parent</translation>
        </message>
        <message>
            <source>This folder cannot be read.</source>
            <translation>Ce dossier ne peut pas être lu.</translation>
        </message>
        <message>
            <source>There is no other folder in here.</source>
            <translation>Il n'y a pas d'autre dossier ici.</translation>
        </message>
        <message>
            <source>Here is no folder, and no file that ends in %1.</source>
            <translation>Il n'y a ici ni dossier ni fichier se terminant par %1.</translation>
        </message>
        <message>
            <source>Take this folder</source>
            <translation>Prendre ce dossier</translation>
        </message>
    </context>
    <context>
        <name>FirstStartPage</name>
        <message>
            <source>Setting up this tablet</source>
            <translation>Préparer cette tablette</translation>
        </message>
        <message>
            <source>Step %1 of %2</source>
            <translation>Étape %1 de %2</translation>
        </message>
        <message>
            <source>Who uses this tablet?</source>
            <translation>Qui utilise cette tablette?</translation>
        </message>
        <message>
            <source>Your name or initials. Only people who have unlocked the tablet see it. Others can be added later, each with a passphrase of their own.</source>
            <translation>Votre nom ou vos initiales. Seules les personnes qui ont déverrouillé la tablette le voient. D'autres pourront s'ajouter plus tard, chacune avec sa propre phrase de passe.</translation>
        </message>
        <message>
            <source>Your name</source>
            <translation>Votre nom</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>Your passphrase</source>
            <translation>Votre phrase de passe</translation>
        </message>
        <message>
            <source>These five words open the tablet. Write them down now and keep the paper away from the tablet. Nobody can read them back to you later.</source>
            <translation>Ces cinq mots ouvrent la tablette. Notez-les maintenant et gardez le papier loin de la tablette. Personne ne pourra vous les redire plus tard.</translation>
        </message>
        <message>
            <source>I have written them down</source>
            <translation>Je les ai notés</translation>
        </message>
        <message>
            <source>Other words</source>
            <translation>D'autres mots</translation>
        </message>
        <message>
            <source>Make up my own instead</source>
            <translation>Inventer la mienne plutôt</translation>
        </message>
        <message>
            <source>Your own passphrase</source>
            <translation>Votre propre phrase de passe</translation>
        </message>
        <message>
            <source>Long beats complicated: four or more words that have nothing to do with each other, or with you.</source>
            <translation>Longue vaut mieux que compliquée : quatre mots ou plus, sans lien entre eux ni avec vous.</translation>
        </message>
        <message>
            <source>Passphrase</source>
            <translation>Phrase de passe</translation>
        </message>
        <message>
            <source>Five random words instead</source>
            <translation>Cinq mots au hasard plutôt</translation>
        </message>
        <message>
            <source>Once more</source>
            <translation>Encore une fois</translation>
        </message>
        <message>
            <source>Type the passphrase from your paper. That way you know today that it opens the tablet tomorrow.</source>
            <translation>Tapez la phrase de passe à partir de votre papier. Vous saurez ainsi dès aujourd'hui qu'elle ouvrira la tablette demain.</translation>
        </message>
    </context>
    <context>
        <name>FlowPage</name>
        <message>
            <source>Where the study stands</source>
            <translation>Où en est l'étude</translation>
        </message>
        <message>
            <source>%1 of %2 interviewed</source>
            <translation>%1 entrevues sur %2</translation>
        </message>
        <message>
            <source>Whoever was not the right fit, or would rather not, is erased. Only these counts stay of them.</source>
            <translation>Les personnes pour qui ce n'était pas le bon moment, ou qui aiment mieux ne pas participer, sont effacées. Il n'en reste que ces nombres.</translation>
        </message>
    </context>
    <context>
        <name>FormChoices</name>
        <message>
            <source>You can choose several.</source>
            <translation>Vous pouvez en choisir plusieurs.</translation>
        </message>
        <message>
            <source>In your own words</source>
            <translation>Dans vos mots</translation>
        </message>
    </context>
    <context>
        <name>FormFields</name>
        <message>
            <source>Number (%1)</source>
            <translation>Nombre (%1)</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Nombre</translation>
        </message>
        <message>
            <source>From %1 to %2</source>
            <translation>De %1 à %2</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Jour</translation>
        </message>
        <message>
            <source>Month (1 to 12)</source>
            <translation>Mois (1 à 12)</translation>
        </message>
        <message>
            <source>Year</source>
            <translation>Année</translation>
        </message>
        <message>
            <source>Your answer</source>
            <translation>Votre réponse</translation>
        </message>
        <message>
            <source>As short or as long as you like.</source>
            <translation>Aussi court ou aussi long que vous voulez.</translation>
        </message>
    </context>
    <context>
        <name>FormItems</name>
        <message>
            <source>You answered this before. Your answer is kept and not shown again; answer anew if you want to change it.</source>
            <translation>Vous avez déjà répondu à cette question. Votre réponse est conservée et ne s'affiche plus ; répondez de nouveau si vous voulez la changer.</translation>
        </message>
        <message>
            <source>The study means it differently. That is quite usual: ask to have it explained once more. Nothing depends on your answer.</source>
            <translation>L'étude l'entend autrement. C'est tout à fait courant : demandez qu'on vous l'explique encore une fois. Rien ne dépend de votre réponse.</translation>
        </message>
        <message>
            <source>You would rather not say. That is fine.</source>
            <translation>Vous préférez ne pas le dire. C'est très bien ainsi.</translation>
        </message>
        <message>
            <source>That was everything</source>
            <translation>C'est tout</translation>
        </message>
        <message numerus="yes">
            <source>You left %n question(s) without an answer. You can look at them again, or leave it so.</source>
            <translation>
                <numerusform>Vous avez laissé %n question sans réponse. Vous pouvez y revenir, ou la laisser ainsi.</numerusform>
                <numerusform>Vous avez laissé %n questions sans réponse. Vous pouvez y revenir, ou les laisser ainsi.</numerusform>
            </translation>
        </message>
        <message>
            <source>Everything is answered and kept.</source>
            <translation>Tout est répondu et conservé.</translation>
        </message>
        <message>
            <source>Look at them again</source>
            <translation>Y revenir</translation>
        </message>
    </context>
    <context>
        <name>FormKeys</name>
        <message>
            <source>Finish</source>
            <translation>Terminer</translation>
        </message>
        <message>
            <source>Question %1 of %2</source>
            <translation>Question %1 de %2</translation>
        </message>
        <message>
            <source>Begin</source>
            <translation>Commencer</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>Continue without an answer</source>
            <translation>Continuer sans répondre</translation>
        </message>
        <message>
            <source>Answer after all</source>
            <translation>Répondre quand même</translation>
        </message>
        <message>
            <source>I would rather not say</source>
            <translation>Je préfère ne pas le dire</translation>
        </message>
    </context>
    <context>
        <name>FormPage</name>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
    </context>
    <context>
        <name>FormsCard</name>
        <message>
            <source>Forms</source>
            <translation>Formulaires</translation>
        </message>
    </context>
    <context>
        <name>GroupMemberRow</name>
        <message>
            <source>Here today</source>
            <translation>Ici aujourd'hui</translation>
        </message>
    </context>
    <context>
        <name>GroupPage</name>
        <message>
            <source>Group</source>
            <translation>Groupe</translation>
        </message>
        <message>
            <source>Begin the interview</source>
            <translation>Commencer l'entrevue</translation>
        </message>
        <message>
            <source>Go on with the interview</source>
            <translation>Reprendre l'entrevue</translation>
        </message>
        <message>
            <source>Wrap up</source>
            <translation>Conclure</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Envoyer</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
        <message>
            <source>Notes only, for everybody</source>
            <translation>Des notes seulement, pour tout le monde</translation>
        </message>
        <message>
            <source>Nobody is recorded today.</source>
            <translation>Rien n'est enregistré aujourd'hui.</translation>
        </message>
        <message>
            <source>Hear them apart, another time</source>
            <translation>Les rencontrer à part, une autre fois</translation>
        </message>
        <message>
            <source>Who is in it</source>
            <translation>Qui en fait partie</translation>
        </message>
        <message>
            <source>Who else is in it</source>
            <translation>Qui d'autre en fait partie</translation>
        </message>
        <message>
            <source>Touch who speaks during the interview. If one of them takes it back later, what was touched as theirs goes; what several said at once can't be told apart and stays.</source>
            <translation>Touchez qui parle pendant l'entrevue. Si une personne reprend plus tard ses propos, ce qui a été marqué comme venant d'elle est effacé ; ce que plusieurs ont dit en même temps ne peut être distingué et reste.</translation>
        </message>
        <message>
            <source>Listen to the recording</source>
            <translation>Écouter l'enregistrement</translation>
        </message>
        <message>
            <source>Begin another interview</source>
            <translation>Commencer une autre entrevue</translation>
        </message>
    </context>
    <context>
        <name>GroupSheet</name>
        <message>
            <source>Who is here</source>
            <translation>Qui est là</translation>
        </message>
        <message>
            <source>Whoever comes late has signed before. If they would rather not be recorded, the recording pauses while they are here.</source>
            <translation>Qui arrive en retard a signé auparavant. Si cette personne préfère ne pas être enregistrée, l'enregistrement est en pause tant qu'elle est là.</translation>
        </message>
        <message>
            <source>Spoke for %1</source>
            <translation>A parlé %1</translation>
        </message>
    </context>
    <context>
        <name>GroupsCard</name>
        <message>
            <source>Groups</source>
            <translation>Groupes</translation>
        </message>
        <message>
            <source>New group</source>
            <translation>Nouveau groupe</translation>
        </message>
        <message>
            <source>First add the people who are to be in it.</source>
            <translation>Ajoutez d'abord les personnes qui en feront partie.</translation>
        </message>
    </context>
    <context>
        <name>GuideSheet</name>
        <message>
            <source>The whole guide</source>
            <translation>Tout le guide</translation>
        </message>
        <message>
            <source>%1 of %2 questions, %3 of %4 min</source>
            <translation>%1 de %2 questions, %3 de %4 min</translation>
        </message>
        <message>
            <source>Asked</source>
            <translation>Posée</translation>
        </message>
        <message>
            <source>Not asked yet</source>
            <translation>Pas encore posée</translation>
        </message>
    </context>
    <context>
        <name>HandOverPage</name>
        <message>
            <source>Read aloud</source>
            <translation>Lire à voix haute</translation>
        </message>
        <message>
            <source>Back to the interviewer</source>
            <translation>Retour à la personne qui mène l'entrevue</translation>
        </message>
        <message>
            <source>This tablet has no voice for this language. Ask to have the question read to you.</source>
            <translation>Cette tablette n'a pas de voix pour cette langue. Demandez qu'on vous lise la question.</translation>
        </message>
        <message>
            <source>Thank you</source>
            <translation>Merci</translation>
        </message>
        <message>
            <source>Your answers are kept, sealed on this tablet.</source>
            <translation>Vos réponses sont conservées, scellées sur cette tablette.</translation>
        </message>
        <message>
            <source>Please hand the tablet back to the interviewer.</source>
            <translation>Remettez la tablette à la personne qui mène l'entrevue.</translation>
        </message>
        <message>
            <source>Hand it back</source>
            <translation>Remettre la tablette</translation>
        </message>
    </context>
    <context>
        <name>HandOverReturn</name>
        <message>
            <source>For the interviewer</source>
            <translation>Pour la personne qui mène l'entrevue</translation>
        </message>
        <message>
            <source>Too many tries. Enter your passphrase.</source>
            <translation>Trop d'essais. Entrez votre phrase de passe.</translation>
        </message>
        <message>
            <source>Your passphrase</source>
            <translation>Votre phrase de passe</translation>
        </message>
        <message>
            <source>Four digits</source>
            <translation>Quatre chiffres</translation>
        </message>
        <message>
            <source>These are not the digits.</source>
            <translation>Ce ne sont pas les bons chiffres.</translation>
        </message>
        <message>
            <source>Unlocking …</source>
            <translation>Déverrouillage …</translation>
        </message>
        <message>
            <source>Come back</source>
            <translation>Revenir</translation>
        </message>
        <message>
            <source>Go on with the questions</source>
            <translation>Continuer les questions</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
    </context>
    <context>
        <name>HandOverStart</name>
        <message>
            <source>The person fills this in alone. While they have the tablet, nothing else on it can be reached.</source>
            <translation>La personne remplit ceci seule. Tant qu'elle a la tablette, rien d'autre n'y est accessible.</translation>
        </message>
        <message>
            <source>Choose four digits. They bring you back, until the tablet is locked.</source>
            <translation>Choisissez quatre chiffres. Ils vous ramènent, jusqu'au verrouillage de la tablette.</translation>
        </message>
        <message>
            <source>Four digits</source>
            <translation>Quatre chiffres</translation>
        </message>
        <message>
            <source>Four digits are needed.</source>
            <translation>Il faut quatre chiffres.</translation>
        </message>
        <message>
            <source>Keep these digits</source>
            <translation>Garder ces chiffres</translation>
        </message>
        <message>
            <source>Give the person the tablet when you have touched the button. The digits that you chose bring you back.</source>
            <translation>Donnez la tablette à la personne après avoir touché le bouton. Les chiffres que vous avez choisis vous ramènent.</translation>
        </message>
        <message>
            <source>Hand the tablet over</source>
            <translation>Confier la tablette</translation>
        </message>
    </context>
    <context>
        <name>HomePage</name>
        <message numerus="yes">
            <source>Show more (%n not shown)</source>
            <translation>
                <numerusform>En montrer plus (%n autre)</numerusform>
                <numerusform>En montrer plus (%n autres)</numerusform>
            </translation>
        </message>
        <message>
            <source>Practice: nothing here is a real interview</source>
            <translation>Exercice : rien ici n'est une vraie entrevue</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
        <message>
            <source>New person</source>
            <translation>Nouvelle personne</translation>
        </message>
        <message>
            <source>Search people and notes</source>
            <translation>Chercher des personnes et des notes</translation>
        </message>
        <message>
            <source>One moment …</source>
            <translation>Un instant…</translation>
        </message>
        <message>
            <source>Nobody is here yet</source>
            <translation>Il n'y a encore personne ici</translation>
        </message>
        <message>
            <source>Add the first person. You then take their consent on the glass and begin the interview.</source>
            <translation>Ajoutez la première personne. Vous recueillez ensuite son consentement à l'écran et commencez l'entrevue.</translation>
        </message>
        <message>
            <source>You deliver for this tablet</source>
            <translation>Vous faites les envois de cette tablette</translation>
        </message>
        <message>
            <source>What people said is not open to you. The outbox shows what waits to be sent.</source>
            <translation>Ce que les gens ont dit ne vous est pas ouvert. La boîte d'envoi montre ce qui attend d'être envoyé.</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Boîte d'envoi</translation>
        </message>
        <message numerus="yes">
            <source>%n interview(s) to be sent</source>
            <translation>
                <numerusform>%n entrevue à envoyer</numerusform>
                <numerusform>%n entrevues à envoyer</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>Rien n'attend d'être envoyé</translation>
        </message>
        <message>
            <source>Waiting for an answer</source>
            <translation>En attente d'une réponse</translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) named by somebody</source>
            <translation>
                <numerusform>%n personne nommée par quelqu'un</numerusform>
                <numerusform>%n personnes nommées par quelqu'un</numerusform>
            </translation>
        </message>
        <message>
            <source>Where the study stands</source>
            <translation>Où en est l'étude</translation>
        </message>
        <message>
            <source>Taking back</source>
            <translation>Retrait</translation>
        </message>
        <message>
            <source>Somebody no longer wants to take part, or wants it erased</source>
            <translation>Une personne ne veut plus participer, ou veut un effacement</translation>
        </message>
    </context>
    <context>
        <name>HomeVisitCard</name>
        <message>
            <source>Home visit under way</source>
            <translation>Visite à domicile en cours</translation>
        </message>
        <message>
            <source>Home visit</source>
            <translation>Visite à domicile</translation>
        </message>
        <message>
            <source>Go or no-go, and when you will be out again</source>
            <translation>Y aller ou non, et quand vous serez de retour dehors</translation>
        </message>
        <message>
            <source>You will be out by %1.</source>
            <translation>Vous serez dehors à %1 au plus tard.</translation>
        </message>
        <message>
            <source>I am out and safe</source>
            <translation>Je suis dehors, tout va bien</translation>
        </message>
        <message>
            <source>30 more minutes</source>
            <translation>30 minutes de plus</translation>
        </message>
        <message>
            <source>How was it? For the team, kept with the contacts</source>
            <translation>Comment était-ce ? Pour l'équipe, gardé avec les coordonnées</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Garder</translation>
        </message>
    </context>
    <context>
        <name>HomeVisitSheet</name>
        <message>
            <source>Home visit</source>
            <translation>Visite à domicile</translation>
        </message>
        <message>
            <source>Somebody in your team knows where you are and when you will be out. Sit near the door. If anything feels wrong, leave: the interview can wait.</source>
            <translation>Quelqu'un de votre équipe sait où vous êtes et quand vous ressortez. Asseyez-vous près de la porte. Si quelque chose vous met mal à l'aise, partez : l'entrevue peut attendre.</translation>
        </message>
        <message>
            <source>On call: %1, %2</source>
            <translation>De garde : %1, %2</translation>
        </message>
        <message>
            <source>Steps of the study</source>
            <translation>Étapes de l'étude</translation>
        </message>
        <message>
            <source>Out again in</source>
            <translation>De retour dehors dans</translation>
        </message>
        <message>
            <source>1 hour</source>
            <translation>1 heure</translation>
        </message>
        <message>
            <source>2 hours</source>
            <translation>2 heures</translation>
        </message>
        <message>
            <source>3 hours</source>
            <translation>3 heures</translation>
        </message>
        <message>
            <source>4 hours</source>
            <translation>4 heures</translation>
        </message>
        <message>
            <source>Another visit is still under way. End it first, on that person's page.</source>
            <translation>Une autre visite est encore en cours. Terminez-la d'abord, sur la page de cette personne.</translation>
        </message>
        <message>
            <source>I am going</source>
            <translation>J'y vais</translation>
        </message>
        <message>
            <source>I am not going</source>
            <translation>Je n'y vais pas</translation>
        </message>
    </context>
    <context>
        <name>IncidentSheet</name>
        <message>
            <source>Write an incident down</source>
            <translation>Noter un incident</translation>
        </message>
        <message>
            <source>The day somebody noticed</source>
            <translation>Le jour où quelqu'un l'a remarqué</translation>
        </message>
        <message>
            <source>What happened, and when as far as you know</source>
            <translation>Ce qui est arrivé, et quand, si vous le savez</translation>
        </message>
        <message>
            <source>Which information, of how many people</source>
            <translation>Quels renseignements, sur combien de personnes</translation>
        </message>
        <message>
            <source>Who was told, and when (may be empty)</source>
            <translation>Qui a été prévenu, et quand (peut rester vide)</translation>
        </message>
        <message>
            <source>What was done so that it harms less (may be empty)</source>
            <translation>Ce qui a été fait pour réduire le tort (peut rester vide)</translation>
        </message>
        <message>
            <source>It is kept with the names, and cannot be changed or taken away. What you learn later is an incident line of its own.</source>
            <translation>Il est gardé avec les noms et ne peut être ni changé ni retiré. Ce que vous apprenez plus tard se note à part.</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Garder</translation>
        </message>
    </context>
    <context>
        <name>IncidentText</name>
        <message>
            <source>Which information: %1</source>
            <translation>Quels renseignements : %1</translation>
        </message>
        <message>
            <source>Who was told: %1</source>
            <translation>Qui a été prévenu : %1</translation>
        </message>
        <message>
            <source>What was done: %1</source>
            <translation>Ce qui a été fait : %1</translation>
        </message>
    </context>
    <context>
        <name>InterviewAlarm</name>
        <message>
            <source>The microphone is gone</source>
            <translation>Le microphone n'est plus là</translation>
        </message>
        <message>
            <source>Plug it in again, or close what else uses it. Recording goes on by itself as soon as it is back.</source>
            <translation>Rebranchez-le, ou fermez ce qui l'utilise. L'enregistrement reprend de lui-même dès qu'il revient.</translation>
        </message>
        <message>
            <source>The microphone hears nothing at all</source>
            <translation>Le microphone n'entend rien du tout</translation>
        </message>
        <message>
            <source>It may be switched off. A quiet room sounds different.</source>
            <translation>Il est peut-être éteint. Une pièce calme s'entend autrement.</translation>
        </message>
        <message>
            <source>Too loud: move the microphone away a little.</source>
            <translation>Trop fort : éloignez un peu le microphone.</translation>
        </message>
        <message>
            <source>Recording stopped</source>
            <translation>Enregistrement arrêté</translation>
        </message>
        <message>
            <source>There is no microphone</source>
            <translation>Il n'y a pas de microphone</translation>
        </message>
        <message>
            <source>Plug one in, or choose another in the settings. Sotto looks for it every second. Until then only notes are taken.</source>
            <translation>Branchez-en un, ou choisissez-en un autre dans les réglages. Sotto le cherche chaque seconde. D'ici là, seules des notes sont prises.</translation>
        </message>
        <message>
            <source>The microphone cannot be opened</source>
            <translation>Le microphone ne s'ouvre pas</translation>
        </message>
        <message>
            <source>Another program may be using it, or Sotto may not be allowed to. Close what else records, or allow it in the tablet's settings; Sotto tries again every second.</source>
            <translation>Un autre programme l'utilise peut-être, ou Sotto n'y est pas autorisé. Fermez ce qui enregistre, ou autorisez Sotto dans les réglages de la tablette ; Sotto réessaie chaque seconde.</translation>
        </message>
        <message>
            <source>Plug it in again, or close what else uses it. Nothing can be recorded until it is back.</source>
            <translation>Rebranchez-le, ou fermez ce qui l'utilise. Rien ne peut être enregistré d'ici son retour.</translation>
        </message>
    </context>
    <context>
        <name>InterviewKeys</name>
        <message>
            <source>Go on recording</source>
            <translation>Continuer l'enregistrement</translation>
        </message>
        <message>
            <source>Start recording</source>
            <translation>Commencer l'enregistrement</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>Try to record again</source>
            <translation>Réessayer d'enregistrer</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Note</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Plus</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Suivante</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Repère</translation>
        </message>
        <message>
            <source>Start with notes only</source>
            <translation>Commencer par des notes seulement</translation>
        </message>
    </context>
    <context>
        <name>InterviewMore</name>
        <message>
            <source>More</source>
            <translation>Plus</translation>
        </message>
        <message>
            <source>Off the record</source>
            <translation>Hors enregistrement</translation>
        </message>
        <message>
            <source>Someone came in</source>
            <translation>Quelqu'un est entré</translation>
        </message>
        <message>
            <source>This question</source>
            <translation>Cette question</translation>
        </message>
        <message>
            <source>Nothing to report</source>
            <translation>Rien à signaler</translation>
        </message>
        <message>
            <source>Would rather not answer</source>
            <translation>Préfère ne pas répondre</translation>
        </message>
        <message>
            <source>Spoke of it unasked</source>
            <translation>En a parlé de soi-même</translation>
        </message>
        <message>
            <source>End the interview</source>
            <translation>Terminer l'entrevue</translation>
        </message>
        <message>
            <source>Previous question</source>
            <translation>Question précédente</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
        <message>
            <source>Who else is here</source>
            <translation>Qui d'autre est présent</translation>
        </message>
        <message>
            <source>They want to stop or take back</source>
            <translation>La personne veut arrêter ou se retirer</translation>
        </message>
    </context>
    <context>
        <name>InterviewPage</name>
        <message>
            <source>Notes only: nothing is recorded</source>
            <translation>Notes seulement : rien n'est enregistré</translation>
        </message>
        <message>
            <source>Cover the screen</source>
            <translation>Couvrir l'écran</translation>
        </message>
        <message>
            <source>The whole guide</source>
            <translation>Tout le guide</translation>
        </message>
        <message>
            <source>Asked</source>
            <translation>Posée</translation>
        </message>
        <message>
            <source>Not asked yet</source>
            <translation>Pas encore posée</translation>
        </message>
        <message>
            <source>By telephone</source>
            <translation>Par téléphone</translation>
        </message>
    </context>
    <context>
        <name>LevelMeter</name>
        <message>
            <source>Sound level</source>
            <translation>Niveau du son</translation>
        </message>
        <message>
            <source>not recording</source>
            <translation>n'enregistre pas</translation>
        </message>
        <message>
            <source>too loud</source>
            <translation>trop fort</translation>
        </message>
        <message>
            <source>%1 percent</source>
            <translation>%1 pour cent</translation>
        </message>
    </context>
    <context>
        <name>LiveCodes</name>
        <message>
            <source>Link: touch the first code</source>
            <translation>Lien : touchez le premier code</translation>
        </message>
        <message>
            <source>Link: touch the second code</source>
            <translation>Lien : touchez le second code</translation>
        </message>
        <message>
            <source>Codes</source>
            <translation>Codes</translation>
        </message>
        <message>
            <source>No link</source>
            <translation>Pas de lien</translation>
        </message>
        <message>
            <source>Link two</source>
            <translation>En lier deux</translation>
        </message>
        <message>
            <source>Helped</source>
            <translation>A aidé</translation>
        </message>
        <message>
            <source>Made harder</source>
            <translation>A rendu plus difficile</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>OK</source>
            <translation>D'accord</translation>
        </message>
    </context>
    <context>
        <name>MarkKey</name>
        <message>
            <source>Mark</source>
            <translation>Repère</translation>
        </message>
    </context>
    <context>
        <name>MarkRow</name>
        <message>
            <source>Mark at %1</source>
            <translation>Repère à %1</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Arrêter</translation>
        </message>
        <message>
            <source>Listen</source>
            <translation>Écouter</translation>
        </message>
        <message>
            <source>Say what it means</source>
            <translation>Dire ce qu'il signifie</translation>
        </message>
    </context>
    <context>
        <name>MarkSheet</name>
        <message>
            <source>Mark at %1</source>
            <translation>Repère à %1</translation>
        </message>
        <message>
            <source>In a few words</source>
            <translation>En quelques mots</translation>
        </message>
        <message>
            <source>Codes</source>
            <translation>Codes</translation>
        </message>
        <message>
            <source>Link: touch the first code</source>
            <translation>Lien : touchez le premier code</translation>
        </message>
        <message>
            <source>Link: touch the second code</source>
            <translation>Lien : touchez le second code</translation>
        </message>
        <message>
            <source>Link two codes</source>
            <translation>Relier deux codes</translation>
        </message>
        <message>
            <source>No link</source>
            <translation>Pas de lien</translation>
        </message>
        <message>
            <source>Touch to take the link away</source>
            <translation>Touchez pour retirer le lien</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
    </context>
    <context>
        <name>NewGroupSheet</name>
        <message>
            <source>New group</source>
            <translation>Nouveau groupe</translation>
        </message>
        <message>
            <source>A neutral word</source>
            <translation>Un mot neutre</translation>
        </message>
        <message>
            <source>No place and nobody's name: it is read in lists. Left empty, one is drawn.</source>
            <translation>Ni lieu ni nom de personne : on le lit dans les listes. Laissé vide, un mot est tiré au hasard.</translation>
        </message>
        <message>
            <source>Who is in it (at most %1)</source>
            <translation>Qui en fait partie (%1 au plus)</translation>
        </message>
        <message>
            <source>Make the group</source>
            <translation>Créer le groupe</translation>
        </message>
    </context>
    <context>
        <name>NewPersonSheet</name>
        <message>
            <source>New person</source>
            <translation>Nouvelle personne</translation>
        </message>
        <message>
            <source>Role in the study</source>
            <translation>Rôle dans l'étude</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nom</translation>
        </message>
        <message>
            <source>Kept apart from what they say, under another key. Lists show a pseudonym.</source>
            <translation>Gardé à part de ce que la personne dit, sous une autre clé. Les listes montrent un pseudonyme.</translation>
        </message>
        <message>
            <source>Together with (if they make a pair)</source>
            <translation>Avec (si les deux forment une paire)</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Ajouter</translation>
        </message>
    </context>
    <context>
        <name>NominateCard</name>
        <message>
            <source>People they name</source>
            <translation>Personnes qu'elle nomme</translation>
        </message>
        <message>
            <source>Whether somebody answered is not shown here.</source>
            <translation>On ne voit pas ici si quelqu'un a répondu.</translation>
        </message>
        <message>
            <source>Name somebody</source>
            <translation>Nommer quelqu'un</translation>
        </message>
    </context>
    <context>
        <name>NominateSheet</name>
        <message>
            <source>Name somebody</source>
            <translation>Nommer quelqu'un</translation>
        </message>
        <message>
            <source>Their role</source>
            <translation>Son rôle</translation>
        </message>
        <message>
            <source>How they are reached</source>
            <translation>Comment joindre cette personne</translation>
        </message>
        <message>
            <source>Their name</source>
            <translation>Son nom</translation>
        </message>
        <message>
            <source>Number, and safe ways and hours</source>
            <translation>Numéro, façons et heures sûres</translation>
        </message>
        <message>
            <source>What we may tell them</source>
            <translation>Ce que nous pouvons lui dire</translation>
        </message>
        <message numerus="yes">
            <source>Without an answer it is erased after %n day(s).</source>
            <translation>
                <numerusform>Sans réponse, tout est effacé après %n jour.</numerusform>
                <numerusform>Sans réponse, tout est effacé après %n jours.</numerusform>
            </translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Garder</translation>
        </message>
    </context>
    <context>
        <name>NoteSheet</name>
        <message>
            <source>Note at %1</source>
            <translation>Note à %1</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Note</translation>
        </message>
        <message>
            <source>Keep the note</source>
            <translation>Garder la note</translation>
        </message>
    </context>
    <context>
        <name>OutboxPage</name>
        <message>
            <source>Outbox</source>
            <translation>Boîte d'envoi</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
        <message numerus="yes">
            <source>Send %n package(s) now</source>
            <translation>
                <numerusform>Envoyer %n paquet maintenant</numerusform>
                <numerusform>Envoyer %n paquets maintenant</numerusform>
            </translation>
        </message>
        <message>
            <source>Look for confirmations</source>
            <translation>Chercher les confirmations</translation>
        </message>
        <message>
            <source>Sending</source>
            <translation>Envoi en cours</translation>
        </message>
        <message>
            <source>Where it goes</source>
            <translation>Où cela va</translation>
        </message>
        <message>
            <source>No place was chosen yet. A shared folder or a stick will do: what goes there can only be opened by the lab.</source>
            <translation>Aucun endroit n'est encore choisi. Un dossier partagé ou une clé USB suffit : seul le labo peut ouvrir ce qui y va.</translation>
        </message>
        <message>
            <source>Send to this folder</source>
            <translation>Envoyer vers ce dossier</translation>
        </message>
        <message>
            <source>Nothing was sealed yet.</source>
            <translation>Rien n'est encore scellé.</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Choisir un dossier</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Dossier</translation>
        </message>
    </context>
    <context>
        <name>PageFrame</name>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
    </context>
    <context>
        <name>PassphraseCard</name>
        <message>
            <source>Your passphrase</source>
            <translation>Votre phrase de passe</translation>
        </message>
        <message>
            <source>The new passphrase counts from now on.</source>
            <translation>La nouvelle phrase de passe compte à partir de maintenant.</translation>
        </message>
        <message>
            <source>Change your passphrase</source>
            <translation>Changer votre phrase de passe</translation>
        </message>
        <message>
            <source>The passphrase you have now</source>
            <translation>Votre phrase de passe actuelle</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>Write these five words down now and keep the paper away from the tablet. Nobody can read them back to you later.</source>
            <translation>Notez ces cinq mots maintenant et gardez le papier loin de la tablette. Personne ne pourra vous les redire.</translation>
        </message>
        <message>
            <source>I have written them down</source>
            <translation>Je les ai notés</translation>
        </message>
        <message>
            <source>Other words</source>
            <translation>D'autres mots</translation>
        </message>
        <message>
            <source>Make up my own instead</source>
            <translation>Inventer la mienne plutôt</translation>
        </message>
        <message>
            <source>Your new passphrase</source>
            <translation>Votre nouvelle phrase de passe</translation>
        </message>
        <message>
            <source>Five random words instead</source>
            <translation>Cinq mots au hasard plutôt</translation>
        </message>
        <message>
            <source>Type it once more, from your paper.</source>
            <translation>Tapez-la encore une fois, à partir de votre papier.</translation>
        </message>
        <message>
            <source>Change the passphrase</source>
            <translation>Changer la phrase de passe</translation>
        </message>
    </context>
    <context>
        <name>PassphraseField</name>
        <message>
            <source>Hide what is typed</source>
            <translation>Cacher ce qui est tapé</translation>
        </message>
        <message>
            <source>Show what is typed</source>
            <translation>Montrer ce qui est tapé</translation>
        </message>
    </context>
    <context>
        <name>PeopleCard</name>
        <message>
            <source>People on this tablet</source>
            <translation>Personnes sur cette tablette</translation>
        </message>
        <message>
            <source>%1 (you): %2</source>
            <translation>%1 (vous) : %2</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
        <message>
            <source>Add somebody</source>
            <translation>Ajouter quelqu'un</translation>
        </message>
        <message>
            <source>Add somebody to this tablet</source>
            <translation>Ajouter quelqu'un à cette tablette</translation>
        </message>
        <message>
            <source>Name or initials</source>
            <translation>Nom ou initiales</translation>
        </message>
        <message>
            <source>Delivers only</source>
            <translation>Fait seulement les envois</translation>
        </message>
        <message>
            <source>Sends what is sealed and can read none of it.</source>
            <translation>Envoie ce qui est scellé et ne peut rien en lire.</translation>
        </message>
        <message>
            <source>Interviews</source>
            <translation>Mène des entrevues</translation>
        </message>
        <message>
            <source>Opens everything that you open.</source>
            <translation>Ouvre tout ce que vous ouvrez.</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Ajouter</translation>
        </message>
        <message>
            <source>Their passphrase</source>
            <translation>Sa phrase de passe</translation>
        </message>
        <message>
            <source>They write these five words down now. They are shown this once: %1</source>
            <translation>La personne note ces cinq mots maintenant. Ils ne sont montrés qu'une fois : %1</translation>
        </message>
        <message>
            <source>They are written down</source>
            <translation>C'est noté</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
    </context>
    <context>
        <name>PeopleSheet</name>
        <message>
            <source>Interpreter</source>
            <translation>Interprète</translation>
        </message>
        <message>
            <source>Support person</source>
            <translation>Personne de soutien</translation>
        </message>
        <message>
            <source>Somebody else</source>
            <translation>Une autre personne</translation>
        </message>
        <message>
            <source>Who else is here?</source>
            <translation>Qui d'autre est présent ?</translation>
        </message>
        <message>
            <source>Nothing is recorded while somebody is here who did not agree to it. Notes can go on.</source>
            <translation>Rien n'est enregistré tant qu'une personne présente ne l'a pas accepté. Les notes peuvent continuer.</translation>
        </message>
        <message>
            <source>Promised to keep to themselves what is said</source>
            <translation>A promis de garder pour soi ce qui est dit</translation>
        </message>
        <message>
            <source>Made no promise</source>
            <translation>N'a rien promis</translation>
        </message>
        <message>
            <source>Is here now</source>
            <translation>Est présente maintenant</translation>
        </message>
        <message>
            <source>Agreed to be recorded</source>
            <translation>A accepté d'être enregistrée</translation>
        </message>
        <message>
            <source>Ask: do you promise to keep to yourself what is said here? May your voice be recorded?</source>
            <translation>Demandez : promettez-vous de garder pour vous ce qui est dit ici ? Votre voix peut-elle être enregistrée ?</translation>
        </message>
        <message>
            <source>Promises to keep it to themselves</source>
            <translation>Promet de le garder pour soi</translation>
        </message>
        <message>
            <source>Agrees to be recorded</source>
            <translation>Accepte d'être enregistrée</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Ajouter</translation>
        </message>
    </context>
    <context>
        <name>Person</name>
        <message>
            <source>In the interview</source>
            <translation>En entrevue</translation>
        </message>
        <message>
            <source>Interview broken off</source>
            <translation>Entrevue interrompue</translation>
        </message>
        <message>
            <source>To be wrapped up</source>
            <translation>À conclure</translation>
        </message>
        <message>
            <source>Appointment made</source>
            <translation>Rendez-vous pris</translation>
        </message>
        <message>
            <source>Sealed, not sent yet</source>
            <translation>Scellée, pas encore envoyée</translation>
        </message>
        <message>
            <source>Sent to the lab</source>
            <translation>Envoyée au labo</translation>
        </message>
        <message>
            <source>Received by the lab</source>
            <translation>Reçue par le labo</translation>
        </message>
        <message>
            <source>Consent given</source>
            <translation>A consenti</translation>
        </message>
        <message>
            <source>Does not take part</source>
            <translation>Ne participe pas</translation>
        </message>
        <message>
            <source>New</source>
            <translation>Nouvelle personne</translation>
        </message>
        <message>
            <source>Take consent</source>
            <translation>Recueillir le consentement</translation>
        </message>
        <message>
            <source>Begin the interview</source>
            <translation>Commencer l'entrevue</translation>
        </message>
        <message>
            <source>Go on with the interview</source>
            <translation>Continuer l'entrevue</translation>
        </message>
        <message>
            <source>Wrap up</source>
            <translation>Conclure</translation>
        </message>
        <message>
            <source>Send to the lab</source>
            <translation>Envoyer au labo</translation>
        </message>
        <message>
            <source>Waiting for the lab</source>
            <translation>En attente du labo</translation>
        </message>
        <message>
            <source>Screening begun</source>
            <translation>Premières questions commencées</translation>
        </message>
        <message>
            <source>The study suits them</source>
            <translation>L'étude lui convient</translation>
        </message>
        <message>
            <source>See whether the study suits them</source>
            <translation>Voir si l'étude lui convient</translation>
        </message>
        <message>
            <source>Takes part no more</source>
            <translation>Ne participe plus</translation>
        </message>
        <message>
            <source>Locked, not decided yet</source>
            <translation>Verrouillé, pas encore décidé</translation>
        </message>
        <message>
            <source>Ask what they decided</source>
            <translation>Demander la décision</translation>
        </message>
    </context>
    <context>
        <name>PersonPage</name>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
        <message>
            <source>After the interview</source>
            <translation>Après l'entrevue</translation>
        </message>
        <message>
            <source>Add a field note</source>
            <translation>Ajouter une note de terrain</translation>
        </message>
        <message>
            <source>%1: %2 (stays on this tablet: the interview was sealed before)</source>
            <translation>%1 : %2 (reste sur cette tablette : l'entrevue était déjà scellée)</translation>
        </message>
        <message>
            <source>Listen to the recording</source>
            <translation>Écouter l'enregistrement</translation>
        </message>
        <message>
            <source>Begin another interview</source>
            <translation>Commencer une autre entrevue</translation>
        </message>
        <message>
            <source>Take consent again</source>
            <translation>Recueillir de nouveau le consentement</translation>
        </message>
        <message>
            <source>Field note</source>
            <translation>Note de terrain</translation>
        </message>
        <message>
            <source>What you noticed</source>
            <translation>Ce que vous avez remarqué</translation>
        </message>
        <message>
            <source>Keep the note</source>
            <translation>Garder la note</translation>
        </message>
        <message>
            <source>Erasing this person</source>
            <translation>Effacement de cette personne</translation>
        </message>
        <message>
            <source>They would rather not take part</source>
            <translation>La personne aime mieux ne pas participer</translation>
        </message>
        <message>
            <source>Name, contacts and answers are erased from this tablet. Only the count stays. This may take a moment.</source>
            <translation>Le nom, les contacts et les réponses sont effacés de cette tablette. Il n'en reste qu'un nombre. Cela peut prendre un moment.</translation>
        </message>
        <message>
            <source>Erase</source>
            <translation>Effacer</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Pas maintenant</translation>
        </message>
        <message>
            <source>They want to take back</source>
            <translation>La personne veut se retirer</translation>
        </message>
        <message>
            <source>Copy of the consent</source>
            <translation>Exemplaire du consentement</translation>
        </message>
    </context>
    <context>
        <name>PlaybackPage</name>
        <message>
            <source>Listen</source>
            <translation>Écouter</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
        <message>
            <source>Why do you listen?</source>
            <translation>Pourquoi écoutez-vous?</translation>
        </message>
        <message>
            <source>A finished interview is only opened for a reason. What you enter is kept in the audit trail.</source>
            <translation>Une entrevue terminée ne s'ouvre que pour une raison. Ce que vous entrez est gardé dans le journal.</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Raison</translation>
        </message>
        <message>
            <source>Open the recording</source>
            <translation>Ouvrir l'enregistrement</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Repère</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Question</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Note</translation>
        </message>
        <message>
            <source>Questions, marks and notes</source>
            <translation>Questions, repères et notes</translation>
        </message>
        <message>
            <source>%1, at %2</source>
            <translation>%1, à %2</translation>
        </message>
    </context>
    <context>
        <name>PlayerKeys</name>
        <message>
            <source>Back 10 seconds</source>
            <translation>Reculer de 10 secondes</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Écouter</translation>
        </message>
        <message>
            <source>Forward 10 seconds</source>
            <translation>Avancer de 10 secondes</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Vitesse</translation>
        </message>
    </context>
    <context>
        <name>ProgressRow</name>
        <message>
            <source>%1 percent</source>
            <translation>%1 pour cent</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
    </context>
    <context>
        <name>RecordingLine</name>
        <message>
            <source>Recording, quiet</source>
            <translation>Enregistre, silence</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Enregistre</translation>
        </message>
        <message>
            <source>Off the record</source>
            <translation>Hors micro</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>En pause</translation>
        </message>
        <message>
            <source>Not recording</source>
            <translation>N'enregistre pas</translation>
        </message>
    </context>
    <context>
        <name>RecordsPage</name>
        <message>
            <source>Records for the board</source>
            <translation>Registres pour le comité</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
        <message>
            <source>What this study keeps, and where</source>
            <translation>Ce que cette étude garde, et où</translation>
        </message>
        <message>
            <source>Close the page</source>
            <translation>Fermer la fiche</translation>
        </message>
        <message>
            <source>Read the page</source>
            <translation>Lire la fiche</translation>
        </message>
        <message>
            <source>Confidentiality incidents</source>
            <translation>Incidents de confidentialité</translation>
        </message>
        <message>
            <source>If information about somebody was lost, seen or used by somebody who should not have, write it down here, and tell your board.</source>
            <translation>Si des renseignements sur une personne ont été perdus, ou vus ou utilisés par quelqu'un qui n'aurait pas dû, notez-le ici et prévenez votre comité.</translation>
        </message>
        <message>
            <source>Somebody who may see names can read and write incidents.</source>
            <translation>Une personne qui a accès aux noms peut lire et noter les incidents.</translation>
        </message>
        <message>
            <source>Write an incident down</source>
            <translation>Noter un incident</translation>
        </message>
        <message>
            <source>What was done on this tablet</source>
            <translation>Ce qui a été fait sur cette tablette</translation>
        </message>
        <message>
            <source>The lines below do not fit together: something was changed or damaged. Tell the lab.</source>
            <translation>Les lignes ci-dessous ne concordent pas : quelque chose a été changé ou abîmé. Prévenez le labo.</translation>
        </message>
        <message>
            <source>Show earlier lines</source>
            <translation>Montrer les lignes plus anciennes</translation>
        </message>
    </context>
    <context>
        <name>ScreeningAlerts</name>
        <message>
            <source>I stayed with them and listened</source>
            <translation>J'ai pris le temps d'écouter</translation>
        </message>
        <message>
            <source>I gave the help lines</source>
            <translation>J'ai donné les lignes d'aide</translation>
        </message>
        <message>
            <source>I called the person on call</source>
            <translation>J'ai appelé la personne de garde</translation>
        </message>
        <message>
            <source>I called emergency services</source>
            <translation>J'ai appelé les urgences</translation>
        </message>
        <message>
            <source>They did not want support now</source>
            <translation>La personne ne veut pas de soutien maintenant</translation>
        </message>
        <message>
            <source>Offer support now</source>
            <translation>Offrez du soutien maintenant</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
        <message>
            <source>Since %1. What was done?</source>
            <translation>Depuis %1. Qu'avez-vous fait ?</translation>
        </message>
        <message>
            <source>Steps and help lines</source>
            <translation>Étapes et lignes d'aide</translation>
        </message>
    </context>
    <context>
        <name>ScreeningPage</name>
        <message>
            <source>Does the study suit them?</source>
            <translation>L'étude lui convient-elle ?</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>They said yes, on the telephone</source>
            <translation>La personne a dit oui, au téléphone</translation>
        </message>
        <message>
            <source>They said yes, face to face</source>
            <translation>La personne a dit oui, de vive voix</translation>
        </message>
        <message>
            <source>They would rather not be asked</source>
            <translation>La personne aime mieux ne pas répondre</translation>
        </message>
        <message>
            <source>Go through the questions again</source>
            <translation>Revoir les questions</translation>
        </message>
        <message>
            <source>I told them</source>
            <translation>C'est dit</translation>
        </message>
        <message>
            <source>I told them: erase their answers</source>
            <translation>C'est dit : effacer les réponses</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Langue</translation>
        </message>
        <message>
            <source>Read this to them first:</source>
            <translation>Lisez-lui d'abord ceci :</translation>
        </message>
        <message>
            <source>An answer that decides is missing</source>
            <translation>Il manque une réponse décisive</translation>
        </message>
        <message>
            <source>Everything that was answered is kept. You can also leave and go on in another call.</source>
            <translation>Toutes les réponses sont gardées. Vous pouvez aussi sortir et continuer lors d'un autre appel.</translation>
        </message>
        <message>
            <source>Say this to them:</source>
            <translation>Dites-lui ceci :</translation>
        </message>
        <message>
            <source>For the team: %1</source>
            <translation>Pour l'équipe : %1</translation>
        </message>
        <message>
            <source>Name, contacts and answers are erased then. Only the count and this reason stay.</source>
            <translation>Le nom, les contacts et les réponses sont alors effacés. Il ne reste que le nombre et cette raison.</translation>
        </message>
        <message>
            <source>An exception was approved</source>
            <translation>Une exception a été approuvée</translation>
        </message>
        <message>
            <source>By %1</source>
            <translation>Par %1</translation>
        </message>
        <message>
            <source>Erasing this person</source>
            <translation>Effacement de cette personne</translation>
        </message>
        <message>
            <source>They are erased</source>
            <translation>Tout est effacé</translation>
        </message>
        <message>
            <source>Nothing that they said is on this tablet any more. The count stays.</source>
            <translation>Rien de ce que la personne a dit n'est plus sur cette tablette. Le nombre reste.</translation>
        </message>
        <message>
            <source>Name and contacts are erased from this tablet. Only the count stays.</source>
            <translation>Le nom et les contacts sont effacés de cette tablette. Il n'en reste qu'un nombre.</translation>
        </message>
        <message>
            <source>Erase</source>
            <translation>Effacer</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Pas maintenant</translation>
        </message>
        <message>
            <source>Name of the person who approved it</source>
            <translation>Nom de la personne qui l'a approuvée</translation>
        </message>
        <message>
            <source>May approve: %1</source>
            <translation>Peut approuver : %1</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Garder</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
        <message>
            <source>How it looks</source>
            <translation>Apparence</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Couleurs</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Clair</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Sombre</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Contraste élevé</translation>
        </message>
        <message>
            <source>Size of the text</source>
            <translation>Taille du texte</translation>
        </message>
        <message>
            <source>%1 %</source>
            <translation>%1 %</translation>
        </message>
        <message>
            <source>I hold the tablet in my right hand and use the left</source>
            <translation>Je tiens la tablette de la main droite et me sers de la gauche</translation>
        </message>
        <message>
            <source>Less motion</source>
            <translation>Moins de mouvement</translation>
        </message>
        <message>
            <source>Microphone</source>
            <translation>Microphone</translation>
        </message>
        <message>
            <source>Stop the test</source>
            <translation>Arrêter l'essai</translation>
        </message>
        <message>
            <source>Test the microphone</source>
            <translation>Essayer le microphone</translation>
        </message>
        <message>
            <source>Locking</source>
            <translation>Verrouillage</translation>
        </message>
        <message>
            <source>Locks itself without a touch after</source>
            <translation>Se verrouille sans toucher après</translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n minute</numerusform>
                <numerusform>%n minutes</numerusform>
            </translation>
        </message>
        <message>
            <source>About</source>
            <translation>À propos</translation>
        </message>
        <message>
            <source>While the tablet is unlocked, what is in its memory could be read by somebody who takes it. Whoever holds the lab's content key can open the interviews alone.</source>
            <translation>Tant que la tablette est déverrouillée, quelqu'un qui la prend pourrait lire ce qui est dans sa mémoire. Qui détient la clé de contenu du labo peut ouvrir seul les entrevues.</translation>
        </message>
        <message>
            <source>Records for the board</source>
            <translation>Registres pour le comité</translation>
        </message>
        <message>
            <source>What this study keeps and where, incidents, and what was done on this tablet.</source>
            <translation>Ce que cette étude garde et où, les incidents, et ce qui a été fait sur cette tablette.</translation>
        </message>
        <message>
            <source>Open the records</source>
            <translation>Ouvrir les registres</translation>
        </message>
    </context>
    <context>
        <name>Sheet</name>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
    </context>
    <context>
        <name>SignaturePad</name>
        <message>
            <source>Signature</source>
            <translation>Signature</translation>
        </message>
        <message>
            <source>Whoever cannot or would rather not sign on the glass signs on paper; the interviewer attests it.</source>
            <translation>Qui ne peut pas ou préfère ne pas signer à l'écran signe sur papier; la personne qui mène l'entrevue l'atteste.</translation>
        </message>
        <message>
            <source>Empty.</source>
            <translation>Vide.</translation>
        </message>
        <message>
            <source>Signed.</source>
            <translation>Signé.</translation>
        </message>
        <message>
            <source>Sign here</source>
            <translation>Signez ici</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Undo the last stroke</source>
            <translation>Annuler le dernier trait</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Effacer</translation>
        </message>
        <message>
            <source>Clear the signature</source>
            <translation>Effacer la signature</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::ConsentViewModel</name>
        <message>
            <source>No consent form of the study is in force here today for this role. Ask the lab.</source>
            <translation>Aucun formulaire de consentement de l'étude n'est en vigueur ici aujourd'hui pour ce rôle. Demandez au laboratoire.</translation>
        </message>
        <message>
            <source>A part of this consent form is missing in this language. Ask the lab.</source>
            <translation>Une partie de ce formulaire de consentement manque dans cette langue. Demandez au laboratoire.</translation>
        </message>
        <message>
            <source>This file is no picture that can be read. Take a JPEG or PNG picture of the paper.</source>
            <translation>Ce fichier n'est pas une image lisible. Prenez une image JPEG ou PNG du papier.</translation>
        </message>
        <message>
            <source>This picture is too large, or too small to be read. Take a smaller or a clearer one.</source>
            <translation>Cette image est trop grande, ou trop petite pour être lue. Prenez-en une plus petite ou plus nette.</translation>
        </message>
        <message>
            <source>Nothing was heard. Try again.</source>
            <translation>Rien n'a été entendu. Essayez encore.</translation>
        </message>
        <message>
            <source>The microphone did not work. Try again, or take consent on paper.</source>
            <translation>Le micro n'a pas fonctionné. Essayez encore, ou prenez le consentement sur papier.</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::RoleFormsViewModel</name>
        <message>
            <source>Filled in</source>
            <translation>Rempli</translation>
        </message>
        <message>
            <source>Begun. They can go on alone.</source>
            <translation>Commencé. La personne peut continuer seule.</translation>
        </message>
        <message>
            <source>Begun. You can go on asking.</source>
            <translation>Commencé. Vous pouvez continuer.</translation>
        </message>
        <message>
            <source>Before the interview, filled in alone</source>
            <translation>Avant l'entrevue, à remplir seule ou seul</translation>
        </message>
        <message>
            <source>After the interview, filled in alone</source>
            <translation>Après l'entrevue, à remplir seule ou seul</translation>
        </message>
        <message>
            <source>At any time, filled in alone</source>
            <translation>À tout moment, à remplir seule ou seul</translation>
        </message>
        <message>
            <source>Before the interview, asked by you</source>
            <translation>Avant l'entrevue, vous posez les questions</translation>
        </message>
        <message>
            <source>After the interview, asked by you</source>
            <translation>Après l'entrevue, vous posez les questions</translation>
        </message>
        <message>
            <source>At any time, asked by you</source>
            <translation>À tout moment, vous posez les questions</translation>
        </message>
        <message>
            <source>Address given, kept apart</source>
            <translation>Adresse donnée, conservée à part</translation>
        </message>
        <message>
            <source>They would like the report: where to?</source>
            <translation>La personne aimerait recevoir le rapport : à quelle adresse ?</translation>
        </message>
    </context>
    <context>
        <name>SupportLine</name>
        <message>
            <source>Text message: %1</source>
            <translation>Par texto : %1</translation>
        </message>
        <message>
            <source>When: %1</source>
            <translation>Quand : %1</translation>
        </message>
        <message>
            <source>For: %1</source>
            <translation>Pour : %1</translation>
        </message>
        <message>
            <source>Number not yet checked by this team.</source>
            <translation>Numéro pas encore vérifié par cette équipe.</translation>
        </message>
        <message>
            <source>Checked on %1, more than 90 days ago: it may have changed.</source>
            <translation>Vérifié le %1, il y a plus de 90 jours : cela a pu changer.</translation>
        </message>
        <message>
            <source>Checked on %1</source>
            <translation>Vérifié le %1</translation>
        </message>
    </context>
    <context>
        <name>SupportNote</name>
        <message>
            <source>A note, sealed apart</source>
            <translation>Une note, scellée à part</translation>
        </message>
        <message>
            <source>It is kept with names and contacts, not in the interview.</source>
            <translation>Elle est gardée avec les noms et les coordonnées, pas dans l'entrevue.</translation>
        </message>
        <message>
            <source>A note waits until the tablet is unlocked.</source>
            <translation>Une note attend que la tablette soit déverrouillée.</translation>
        </message>
        <message>
            <source>What happened, what was done</source>
            <translation>Ce qui s'est passé, ce qui a été fait</translation>
        </message>
        <message>
            <source>Kept, sealed apart.</source>
            <translation>Gardée, scellée à part.</translation>
        </message>
        <message>
            <source>Keep the note</source>
            <translation>Garder la note</translation>
        </message>
    </context>
    <context>
        <name>SupportReminder</name>
        <message>
            <source>Pause and support was opened</source>
            <translation>« Pause et soutien » a été ouvert</translation>
        </message>
        <message>
            <source>Before you part: how is the person now, and whom can they call tonight?</source>
            <translation>Avant de vous quitter : comment va la personne maintenant, et qui peut-elle appeler ce soir ?</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
        <message>
            <source>Last steps</source>
            <translation>Dernières étapes</translation>
        </message>
    </context>
    <context>
        <name>SupportSteps</name>
        <message>
            <source>Done at %1</source>
            <translation>Fait à %1</translation>
        </message>
        <message>
            <source>Stop or go on …</source>
            <translation>Arrêter ou continuer …</translation>
        </message>
        <message>
            <source>Stop or go on</source>
            <translation>Arrêter ou continuer</translation>
        </message>
        <message>
            <source>Stop here</source>
            <translation>Arrêter ici</translation>
        </message>
        <message>
            <source>Another day</source>
            <translation>Un autre jour</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>Who decided?</source>
            <translation>Qui a décidé ?</translation>
        </message>
        <message>
            <source>The participant</source>
            <translation>La personne interviewée</translation>
        </message>
        <message>
            <source>Both together</source>
            <translation>Les deux ensemble</translation>
        </message>
        <message>
            <source>I did</source>
            <translation>Moi</translation>
        </message>
        <message>
            <source>The person on call</source>
            <translation>La personne de garde</translation>
        </message>
    </context>
    <context>
        <name>SupportTexts</name>
        <message>
            <source>All of Canada</source>
            <translation>Partout au Canada</translation>
        </message>
        <message>
            <source>Alberta</source>
            <translation>Alberta</translation>
        </message>
        <message>
            <source>British Columbia</source>
            <translation>Colombie-Britannique</translation>
        </message>
        <message>
            <source>Manitoba</source>
            <translation>Manitoba</translation>
        </message>
        <message>
            <source>New Brunswick</source>
            <translation>Nouveau-Brunswick</translation>
        </message>
        <message>
            <source>Newfoundland and Labrador</source>
            <translation>Terre-Neuve-et-Labrador</translation>
        </message>
        <message>
            <source>Nova Scotia</source>
            <translation>Nouvelle-Écosse</translation>
        </message>
        <message>
            <source>Northwest Territories</source>
            <translation>Territoires du Nord-Ouest</translation>
        </message>
        <message>
            <source>Nunavut</source>
            <translation>Nunavut</translation>
        </message>
        <message>
            <source>Ontario</source>
            <translation>Ontario</translation>
        </message>
        <message>
            <source>Prince Edward Island</source>
            <translation>Île-du-Prince-Édouard</translation>
        </message>
        <message>
            <source>Québec</source>
            <translation>Québec</translation>
        </message>
        <message>
            <source>Saskatchewan</source>
            <translation>Saskatchewan</translation>
        </message>
        <message>
            <source>Yukon</source>
            <translation>Yukon</translation>
        </message>
        <message>
            <source>Stop here</source>
            <translation>Arrêter ici</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>Go on another day</source>
            <translation>Continuer un autre jour</translation>
        </message>
        <message>
            <source>decided by the participant</source>
            <translation>décidé par la personne interviewée</translation>
        </message>
        <message>
            <source>decided by the interviewer</source>
            <translation>décidé par l'intervieweuse ou l'intervieweur</translation>
        </message>
        <message>
            <source>decided together</source>
            <translation>décidé ensemble</translation>
        </message>
        <message>
            <source>decided with the person on call</source>
            <translation>décidé avec la personne de garde</translation>
        </message>
        <message>
            <source>A pause</source>
            <translation>Une pause</translation>
        </message>
        <message>
            <source>Pause the recording and put the tablet aside.</source>
            <translation>Mettez l'enregistrement en pause et posez la tablette.</translation>
        </message>
        <message>
            <source>Say that there is no hurry, and ask what would help now: silence, water, fresh air, somebody to call.</source>
            <translation>Dites que rien ne presse, et demandez ce qui aiderait maintenant : du silence, de l'eau, de l'air, quelqu'un à appeler.</translation>
        </message>
        <message>
            <source>Offer the lines below, and stay while the person calls.</source>
            <translation>Proposez les lignes ci-dessous, et restez pendant que la personne appelle.</translation>
        </message>
        <message>
            <source>Ask whether to go on, go on another day, or stop.</source>
            <translation>Demandez s'il faut continuer, continuer un autre jour, ou arrêter.</translation>
        </message>
        <message>
            <source>Somebody is in danger now</source>
            <translation>Quelqu'un est en danger maintenant</translation>
        </message>
        <message>
            <source>Call 911. Say where you are.</source>
            <translation>Appelez le 911. Dites où vous êtes.</translation>
        </message>
        <message>
            <source>Stay with the person if you are safe there; leave if you are not.</source>
            <translation>Restez avec la personne si vous y êtes en sécurité ; partez sinon.</translation>
        </message>
        <message>
            <source>Call the person on call in your team.</source>
            <translation>Appelez la personne de garde de votre équipe.</translation>
        </message>
        <message>
            <source>Stop or go on</source>
            <translation>Arrêter ou continuer</translation>
        </message>
        <message>
            <source>The person decides. When in doubt, stop.</source>
            <translation>C'est la personne qui décide. Dans le doute, arrêtez.</translation>
        </message>
        <message>
            <source>%1: %2.</source>
            <translation>%1 : %2.</translation>
        </message>
        <message>
            <source>Step %1 done</source>
            <translation>Étape %1 faite</translation>
        </message>
        <message>
            <source>Step %1 not done after all</source>
            <translation>Étape %1 pas faite, finalement</translation>
        </message>
        <message>
            <source>A note was sealed apart</source>
            <translation>Une note a été scellée à part</translation>
        </message>
        <message>
            <source>Opened</source>
            <translation>Ouvert</translation>
        </message>
    </context>
    <context>
        <name>TakingBackNotice</name>
        <message>
            <source>You can stop at any time</source>
            <translation>Vous pouvez arrêter à tout moment</translation>
        </message>
        <message>
            <source>You need no reason. You can then keep what you told, have the sound erased, have everything erased, or decide later.</source>
            <translation>Sans donner de raison. Vous pouvez alors laisser ce que vous avez dit, faire effacer le son, faire tout effacer, ou décider plus tard.</translation>
        </message>
        <message>
            <source>What was sent already is asked back from the lab. What is part of results by then cannot be taken out.</source>
            <translation>Ce qui est déjà envoyé est réclamé au laboratoire. Ce qui fait alors partie de résultats ne peut plus en sortir.</translation>
        </message>
        <message>
            <source>If somebody close to you takes part too, their interview stays, also where they speak of you. In a group, what is marked as yours is erased; what the others said stays.</source>
            <translation>Si une personne proche participe aussi, son entrevue reste, même là où elle parle de vous. Dans un groupe, ce qui est marqué comme le vôtre est effacé ; ce que les autres ont dit reste.</translation>
        </message>
    </context>
    <context>
        <name>VisitBanner</name>
        <message>
            <source>A time that you set has passed: %1. Is all well?</source>
            <translation>Une heure que vous aviez fixée est passée : %1. Est-ce que tout va bien ?</translation>
        </message>
        <message>
            <source>On call: %1, %2.</source>
            <translation>De garde : %1, %2.</translation>
        </message>
        <message>
            <source>In 15 minutes</source>
            <translation>Dans 15 minutes</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::AroundViewModel</name>
        <message>
            <source>Visit %1, of %2 that the study plans</source>
            <translation>Visite %1, sur %2 que l'étude prévoit</translation>
        </message>
        <message>
            <source>Visit %1 of %2</source>
            <translation>Visite %1 de %2</translation>
        </message>
        <message>
            <source>Everything so far</source>
            <translation>Tout jusqu'ici</translation>
        </message>
        <message numerus="yes">
            <source>The last %n second(s)</source>
            <translation>
                <numerusform>La dernière seconde</numerusform>
                <numerusform>Les %n dernières secondes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The last %n minute(s)</source>
            <translation>
                <numerusform>La dernière minute</numerusform>
                <numerusform>Les %n dernières minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>sotto::app::FlowViewModel</name>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
        <message>
            <source>Named, no answer yet</source>
            <translation>Nommées, pas encore de réponse</translation>
        </message>
        <message>
            <source>Named, did not answer</source>
            <translation>Nommées, sans réponse</translation>
        </message>
        <message>
            <source>Contacted</source>
            <translation>Jointes</translation>
        </message>
        <message>
            <source>Screened</source>
            <translation>Questions posées</translation>
        </message>
        <message>
            <source>Not the right fit now</source>
            <translation>Pas le bon moment</translation>
        </message>
        <message>
            <source>Would rather not take part</source>
            <translation>Aiment mieux ne pas participer</translation>
        </message>
        <message>
            <source>Consented</source>
            <translation>Consentement donné</translation>
        </message>
        <message>
            <source>Interviewed</source>
            <translation>Entrevues faites</translation>
        </message>
        <message>
            <source>Took it back</source>
            <translation>Se sont retirées</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::FormViewModel</name>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
        <message>
            <source>The study needs an answer here before you go on.</source>
            <translation>L'étude a besoin d'une réponse ici avant de continuer.</translation>
        </message>
        <message>
            <source>Please say in your own words what it is.</source>
            <translation>Dites dans vos mots de quoi il s'agit.</translation>
        </message>
        <message>
            <source>Please enter a whole number from %1 to %2.</source>
            <translation>Entrez un nombre entier de %1 à %2.</translation>
        </message>
        <message>
            <source>There is no such date. Please check it, or leave it empty.</source>
            <translation>Cette date n'existe pas. Vérifiez-la, ou laissez-la vide.</translation>
        </message>
        <message>
            <source>This is longer than can be kept. Please shorten it, or tell the rest to the interviewer.</source>
            <translation>C'est plus long que ce qui peut être conservé. Raccourcissez, ou dites le reste à la personne qui mène l'entrevue.</translation>
        </message>
        <message>
            <source>This answer does not fit the question.</source>
            <translation>Cette réponse ne convient pas à la question.</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::HomeViewModel</name>
        <message>
            <source>%1 of %2 interviewed</source>
            <translation>%1 entrevues sur %2</translation>
        </message>
        <message numerus="yes">
            <source>%n interviewed</source>
            <translation>
                <numerusform>%n entrevue faite</numerusform>
                <numerusform>%n entrevues faites</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>sotto::app::HomeVisitViewModel</name>
        <message>
            <source>%1: decided not to go</source>
            <translation>%1 : décidé de ne pas y aller</translation>
        </message>
        <message>
            <source>Since %1</source>
            <translation>Depuis %1</translation>
        </message>
        <message>
            <source>%1: out again at %2</source>
            <translation>%1 : de retour dehors à %2</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::NominateViewModel</name>
        <message>
            <source>They pass the invitation on</source>
            <translation>Elle transmet l'invitation</translation>
        </message>
        <message>
            <source>We may make contact</source>
            <translation>Nous pouvons joindre la personne</translation>
        </message>
        <message>
            <source>No name and no number is kept. The other person gets in touch, or does not.</source>
            <translation>Aucun nom ni numéro n'est gardé. L'autre personne nous joint, ou non.</translation>
        </message>
        <message>
            <source>Name and number are kept apart, and erased if there is no answer.</source>
            <translation>Le nom et le numéro sont gardés à part, et effacés s'il n'y a pas de réponse.</translation>
        </message>
        <message>
            <source>Who named them</source>
            <translation>Qui l'a nommée</translation>
        </message>
        <message>
            <source>What the study is about</source>
            <translation>Le sujet de l'étude</translation>
        </message>
        <message>
            <source>Nothing else than that there is a study</source>
            <translation>Rien d'autre que l'existence d'une étude</translation>
        </message>
        <message>
            <source>%1: an invitation was passed on, %2</source>
            <translation>%1 : une invitation a été transmise, %2</translation>
        </message>
        <message>
            <source>%1: contact was permitted, %2</source>
            <translation>%1 : contact permis, %2</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::RecordsViewModel</name>
        <message>
            <source>Approved: %1. Written down on %2.</source>
            <translation>Approuvé : %1. Noté le %2.</translation>
        </message>
        <message>
            <source>Incident %1, found on %2</source>
            <translation>Incident %1, remarqué le %2</translation>
        </message>
        <message>
            <source>Write the day like this: %1.</source>
            <translation>Écrivez le jour ainsi : %1.</translation>
        </message>
        <message>
            <source>Say at least what happened, and which information it is about.</source>
            <translation>Dites au moins ce qui est arrivé, et de quels renseignements il s'agit.</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::ScreeningViewModel</name>
        <message>
            <source>Part %1 of %2</source>
            <translation>Partie %1 de %2</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::WaitingViewModel</name>
        <message>
            <source>who named them</source>
            <translation>qui l'a nommée</translation>
        </message>
        <message>
            <source>what the study is about</source>
            <translation>le sujet de l'étude</translation>
        </message>
        <message>
            <source>nothing else than that there is a study</source>
            <translation>rien d'autre que l'existence d'une étude</translation>
        </message>
        <message>
            <source>May be told: %1</source>
            <translation>Ce que nous pouvons dire : %1</translation>
        </message>
        <message>
            <source>Named on %1; erased on %2 without an answer</source>
            <translation>Nommée le %1 ; effacée le %2 sans réponse</translation>
        </message>
        <message numerus="yes">
            <source>%n try(ies), the last on %1</source>
            <translation>
                <numerusform>%n essai, le dernier le %1</numerusform>
                <numerusform>%n essais, le dernier le %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SoundCheck</name>
        <message>
            <source>Before you begin</source>
            <translation>Avant de commencer</translation>
        </message>
        <message>
            <source>Say a few words: the bar should move. Nothing is recorded until you touch the key below.</source>
            <translation>Dites quelques mots : la barre devrait bouger. Rien n'est enregistré avant que vous touchiez le bouton ci-dessous.</translation>
        </message>
        <message>
            <source>This interview was broken off. Going on begins after a marked gap; what was recorded is there.</source>
            <translation>Cette entrevue a été interrompue. La suite commence après une coupure indiquée; ce qui a été enregistré est là.</translation>
        </message>
    </context>
    <context>
        <name>SpeakerKey</name>
        <message>
            <source>Speaks now</source>
            <translation>Parle maintenant</translation>
        </message>
    </context>
    <context>
        <name>SpeakerKeys</name>
        <message>
            <source>Who speaks</source>
            <translation>Qui parle</translation>
        </message>
        <message>
            <source>%1 speaks</source>
            <translation>%1 parle</translation>
        </message>
        <message>
            <source>Several</source>
            <translation>Plusieurs</translation>
        </message>
        <message>
            <source>Several speak, or nobody in particular</source>
            <translation>Plusieurs parlent, ou personne en particulier</translation>
        </message>
        <message>
            <source>Who is here, who comes and goes</source>
            <translation>Qui est là, qui arrive et qui part</translation>
        </message>
    </context>
    <context>
        <name>StepperRow</name>
        <message>
            <source>%1: less</source>
            <translation>%1 : moins</translation>
        </message>
        <message>
            <source>%1: more</source>
            <translation>%1 : plus</translation>
        </message>
    </context>
    <context>
        <name>StudyCard</name>
        <message>
            <source>The study</source>
            <translation>L'étude</translation>
        </message>
        <message>
            <source>%1, version %2</source>
            <translation>%1, version %2</translation>
        </message>
        <message>
            <source>The lab's words: %1</source>
            <translation>Les mots du labo : %1</translation>
        </message>
        <message>
            <source>The new version is in force. Earlier interviews keep the one they were held under.</source>
            <translation>La nouvelle version est en vigueur. Les entrevues antérieures gardent celle sous laquelle elles ont été menées.</translation>
        </message>
        <message>
            <source>The file is being read.</source>
            <translation>Lecture du fichier.</translation>
        </message>
        <message>
            <source>The new version is being taken in. Leave the tablet on.</source>
            <translation>La nouvelle version est prise en compte. Laissez la tablette allumée.</translation>
        </message>
        <message>
            <source>Take in a newer version</source>
            <translation>Prendre une version plus récente</translation>
        </message>
        <message>
            <source>The lab gives you a file that ends in .sottostudy. Nothing changes before you have seen what is new.</source>
            <translation>Le labo vous donne un fichier qui finit par .sottostudy. Rien ne change avant que vous ayez vu ce qui est nouveau.</translation>
        </message>
        <message>
            <source>Choose the file</source>
            <translation>Choisir le fichier</translation>
        </message>
        <message>
            <source>Or type where the file is</source>
            <translation>Ou tapez où se trouve le fichier</translation>
        </message>
        <message>
            <source>Look at this file</source>
            <translation>Examiner ce fichier</translation>
        </message>
        <message>
            <source>Choose the study's file</source>
            <translation>Choisir le fichier de l'étude</translation>
        </message>
        <message>
            <source>Version %1 becomes version %2</source>
            <translation>La version %1 devient la version %2</translation>
        </message>
        <message>
            <source>The file bears the key of the lab that this tablet trusts: %1</source>
            <translation>Le fichier porte la clé du labo auquel cette tablette fait confiance : %1</translation>
        </message>
        <message>
            <source>Take this version</source>
            <translation>Prendre cette version</translation>
        </message>
        <message>
            <source>Leave it as it is</source>
            <translation>Laisser tel quel</translation>
        </message>
    </context>
    <context>
        <name>StudyChoice</name>
        <message>
            <source>Which study?</source>
            <translation>Quelle étude?</translation>
        </message>
        <message>
            <source>A tablet serves one study. Begin with the practice study if you want to get to know Sotto.</source>
            <translation>Une tablette sert à une seule étude. Commencez par l'étude d'exercice si vous voulez connaître Sotto.</translation>
        </message>
        <message>
            <source>Take the practice study</source>
            <translation>Prendre l'étude d'exercice</translation>
        </message>
        <message>
            <source>A study from your lab</source>
            <translation>Une étude de votre labo</translation>
        </message>
        <message>
            <source>Open this study</source>
            <translation>Ouvrir cette étude</translation>
        </message>
        <message>
            <source>The lab gives you a file that ends in .sottostudy. Copy it to the tablet or plug in the stick, then choose it.</source>
            <translation>Le labo vous donne un fichier qui finit par .sottostudy. Copiez-le sur la tablette ou branchez la clé USB, puis choisissez-le.</translation>
        </message>
        <message>
            <source>Choose the file</source>
            <translation>Choisir le fichier</translation>
        </message>
        <message>
            <source>Or type where the file is</source>
            <translation>Ou tapez où se trouve le fichier</translation>
        </message>
        <message>
            <source>Choose the study's file</source>
            <translation>Choisir le fichier de l'étude</translation>
        </message>
    </context>
    <context>
        <name>StudyTrust</name>
        <message>
            <source>This study is for practice: what you record with it is marked as practice and never mixed with real interviews. Its key was made on this tablet, so there is nobody to compare these words with.</source>
            <translation>Cette étude sert à s'exercer : ce que vous enregistrez est marqué comme exercice et n'est jamais mêlé à de vraies entrevues. Sa clé a été faite sur cette tablette; il n'y a donc personne avec qui comparer ces mots.</translation>
        </message>
        <message>
            <source>Compare these words with those that the lab gave you, by telephone or on paper. If one differs, do not go on.</source>
            <translation>Comparez ces mots avec ceux que le labo vous a donnés, au téléphone ou sur papier. Si l'un d'eux diffère, ne continuez pas.</translation>
        </message>
        <message>
            <source>Set up the tablet</source>
            <translation>Préparer la tablette</translation>
        </message>
        <message>
            <source>The words are the same</source>
            <translation>Les mots sont les mêmes</translation>
        </message>
        <message>
            <source>The tablet is being set up. This takes some seconds, because your passphrase is made hard to guess.</source>
            <translation>La tablette se prépare. Cela prend quelques secondes, parce que votre phrase de passe est rendue difficile à deviner.</translation>
        </message>
    </context>
    <context>
        <name>StudyUpdateViewModel</name>
        <message>
            <source>%1 (%2)</source>
            <comment>part of a study (role and language)</comment>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>Interview guide</source>
            <translation>Guide d'entrevue</translation>
        </message>
        <message>
            <source>Consent form</source>
            <translation>Formulaire de consentement</translation>
        </message>
        <message>
            <source>Questionnaire</source>
            <translation>Questionnaire</translation>
        </message>
        <message>
            <source>Codes</source>
            <translation>Codes</translation>
        </message>
        <message>
            <source>What leaves the lab</source>
            <translation>Ce qui sort du labo</translation>
        </message>
        <message>
            <source>Questions before taking part</source>
            <translation>Questions avant la participation</translation>
        </message>
        <message>
            <source>Steps for pause and support</source>
            <translation>Étapes pour la pause et le soutien</translation>
        </message>
        <message>
            <source>Roles, rules of the study and crisis lines</source>
            <translation>Rôles, règles de l'étude et lignes d'aide</translation>
        </message>
    </context>
    <context>
        <name>SupportButton</name>
        <message>
            <source>Pause and support</source>
            <translation>Pause et soutien</translation>
        </message>
    </context>
    <context>
        <name>SupportSheet</name>
        <message>
            <source>Pause and support</source>
            <translation>Pause et soutien</translation>
        </message>
        <message>
            <source>There is no hurry. You can stop here, go on later, or talk to somebody now.</source>
            <translation>Rien ne presse. Vous pouvez arrêter ici, continuer plus tard, ou parler à quelqu'un maintenant.</translation>
        </message>
        <message>
            <source>On call in your team</source>
            <translation>De garde dans votre équipe</translation>
        </message>
    </context>
    <context>
        <name>TakeBackCard</name>
        <message>
            <source>Anything you would take back?</source>
            <translation>Y a-t-il quelque chose à reprendre?</translation>
        </message>
        <message>
            <source>Ask the person. What lies between the two times is destroyed before anything leaves the tablet.</source>
            <translation>Demandez à la personne. Ce qui est entre les deux temps est détruit avant que quoi que ce soit ne quitte la tablette.</translation>
        </message>
        <message>
            <source>Will be destroyed. Touch to keep it after all.</source>
            <translation>Sera détruit. Touchez pour le garder, finalement.</translation>
        </message>
    </context>
    <context>
        <name>TakeBackSpan</name>
        <message>
            <source>From here</source>
            <translation>À partir d'ici</translation>
        </message>
        <message>
            <source>To here</source>
            <translation>Jusqu'ici</translation>
        </message>
        <message>
            <source>Begins at</source>
            <translation>Commence à</translation>
        </message>
        <message>
            <source>Ends at</source>
            <translation>Se termine à</translation>
        </message>
        <message>
            <source>Type the times instead</source>
            <translation>Saisir plutôt les temps</translation>
        </message>
        <message>
            <source>From</source>
            <translation>De</translation>
        </message>
        <message>
            <source>To</source>
            <translation>À</translation>
        </message>
        <message>
            <source>Choose this stretch</source>
            <translation>Choisir ce passage</translation>
        </message>
        <message>
            <source>Listen to this stretch (%1)</source>
            <translation>Écouter ce passage (%1)</translation>
        </message>
        <message>
            <source>Take this back</source>
            <translation>Reprendre ce passage</translation>
        </message>
        <message>
            <source>Leave it as it is</source>
            <translation>Laisser tel quel</translation>
        </message>
    </context>
    <context>
        <name>UnlockPage</name>
        <message>
            <source>This tablet is locked</source>
            <translation>Cette tablette est verrouillée</translation>
        </message>
        <message>
            <source>Your passphrase</source>
            <translation>Votre phrase de passe</translation>
        </message>
        <message>
            <source>Your name on this tablet</source>
            <translation>Votre nom sur cette tablette</translation>
        </message>
        <message>
            <source>Only needed if several people share it; it makes unlocking faster.</source>
            <translation>Utile seulement si plusieurs personnes la partagent; le déverrouillage est alors plus rapide.</translation>
        </message>
        <message>
            <source>Unlocking …</source>
            <translation>Déverrouillage…</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Déverrouiller</translation>
        </message>
    </context>
    <context>
        <name>WaitingPage</name>
        <message>
            <source>Waiting for an answer</source>
            <translation>En attente d'une réponse</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
        <message>
            <source>One moment …</source>
            <translation>Un instant…</translation>
        </message>
        <message>
            <source>Nobody is waiting for an answer.</source>
            <translation>Aucune réponse n'est attendue.</translation>
        </message>
        <message>
            <source>The invitation was passed on. They get in touch themselves, or do not.</source>
            <translation>L'invitation a été transmise. La personne nous joint elle-même, ou non.</translation>
        </message>
        <message>
            <source>Show name and number</source>
            <translation>Montrer le nom et le numéro</translation>
        </message>
        <message>
            <source>They agree to talk with us</source>
            <translation>La personne accepte de nous parler</translation>
        </message>
        <message>
            <source>We tried, no answer</source>
            <translation>Nous avons essayé, sans réponse</translation>
        </message>
        <message>
            <source>They would rather not</source>
            <translation>La personne aime mieux ne pas participer</translation>
        </message>
        <message>
            <source>Name and number are erased now. Whoever named them is not told.</source>
            <translation>Le nom et le numéro sont effacés maintenant. La personne qui les a donnés n'en saura rien.</translation>
        </message>
        <message>
            <source>Erase</source>
            <translation>Effacer</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Pas maintenant</translation>
        </message>
        <message>
            <source>Their name</source>
            <translation>Son nom</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Ajouter</translation>
        </message>
    </context>
    <context>
        <name>Waveform</name>
        <message>
            <source>Outline of the recording</source>
            <translation>Tracé de l'enregistrement</translation>
        </message>
    </context>
    <context>
        <name>WithdrawPage</name>
        <message>
            <source>Taking back</source>
            <translation>Retrait</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>One moment. Keys are being changed; please leave the tablet on.</source>
            <translation>Un instant. Les clés changent ; laissez la tablette allumée.</translation>
        </message>
        <message>
            <source>One moment …</source>
            <translation>Un instant…</translation>
        </message>
        <message>
            <source>The recording has stopped</source>
            <translation>L’enregistrement est arrêté</translation>
        </message>
        <message>
            <source>What it means</source>
            <translation>Ce que cela veut dire</translation>
        </message>
        <message>
            <source>Nothing is decided yet, and nobody has to decide now.</source>
            <translation>Rien n’est décidé, et personne n’a à décider maintenant.</translation>
        </message>
        <message>
            <source>What do they want?</source>
            <translation>Que souhaite la personne ?</translation>
        </message>
        <message>
            <source>Stop, and keep what was told</source>
            <translation>Arrêter, et garder ce qui a été dit</translation>
        </message>
        <message>
            <source>Nothing more is asked. What was told up to here is used as they agreed.</source>
            <translation>Plus rien n’est demandé. Ce qui a été dit jusqu’ici sert comme convenu.</translation>
        </message>
        <message>
            <source>Decide later</source>
            <translation>Décider plus tard</translation>
        </message>
        <message>
            <source>Everything is locked. Nothing is sent, heard or erased before they decide.</source>
            <translation>Tout est verrouillé. Rien n’est envoyé, écouté ni effacé avant la décision.</translation>
        </message>
        <message>
            <source>Stop, and erase the sound</source>
            <translation>Arrêter, et effacer le son</translation>
        </message>
        <message>
            <source>What was noted stays.</source>
            <translation>Ce qui a été noté reste.</translation>
        </message>
        <message>
            <source>Stop, and erase everything</source>
            <translation>Arrêter, et tout effacer</translation>
        </message>
        <message>
            <source>Interviews, answers, name and consent.</source>
            <translation>Entrevues, réponses, nom et consentement.</translation>
        </message>
        <message>
            <source>To erase, somebody unlocks who has been let into everything. Choose “Decide later” until then: nothing leaves.</source>
            <translation>Pour effacer, il faut le déverrouillage d’une personne qui a accès à tout. D’ici là, choisissez « Décider plus tard » : rien ne sort.</translation>
        </message>
        <message>
            <source>Go on with the interview after all</source>
            <translation>Poursuivre finalement l’entrevue</translation>
        </message>
        <message>
            <source>They take part again</source>
            <translation>La personne participe de nouveau</translation>
        </message>
        <message>
            <source>It is done as they wished</source>
            <translation>C’est fait, comme souhaité</translation>
        </message>
        <message>
            <source>Stop, and keep what was told?</source>
            <translation>Arrêter, et garder ce qui a été dit ?</translation>
        </message>
        <message>
            <source>They can still have it erased later, as long as it is on this tablet or at the lab.</source>
            <translation>La personne peut encore tout faire effacer plus tard, tant que c’est sur cette tablette ou au laboratoire.</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Arrêter</translation>
        </message>
        <message>
            <source>Erase the sound?</source>
            <translation>Effacer le son ?</translation>
        </message>
        <message>
            <source>The sound of all their interviews is destroyed. It cannot be brought back.</source>
            <translation>Le son de toutes ses entrevues est détruit. Rien ne peut le ramener.</translation>
        </message>
        <message>
            <source>Erase the sound</source>
            <translation>Effacer le son</translation>
        </message>
        <message>
            <source>Erase everything?</source>
            <translation>Tout effacer ?</translation>
        </message>
        <message>
            <source>Interviews, answers, name and consent are destroyed. It cannot be brought back.</source>
            <translation>Entrevues, réponses, nom et consentement sont détruits. Rien ne peut les ramener.</translation>
        </message>
        <message>
            <source>Erase everything</source>
            <translation>Tout effacer</translation>
        </message>
        <message>
            <source>When shall they be asked?</source>
            <translation>Quand lui demander ?</translation>
        </message>
        <message>
            <source>Nobody asks before. If no answer comes, everything stays locked: nothing is erased or sent without a decision.</source>
            <translation>Personne ne demande avant. Sans réponse, tout reste verrouillé : rien n’est effacé ni envoyé sans décision.</translation>
        </message>
        <message>
            <source>In a week</source>
            <translation>Dans une semaine</translation>
        </message>
        <message>
            <source>In two weeks</source>
            <translation>Dans deux semaines</translation>
        </message>
        <message>
            <source>In a month</source>
            <translation>Dans un mois</translation>
        </message>
    </context>
    <context>
        <name>WithdrawSearch</name>
        <message>
            <source>Who is it?</source>
            <translation>De qui s’agit-il ?</translation>
        </message>
        <message>
            <source>A code stands on the person's copy of the consent. It only helps to find them: nobody needs it.</source>
            <translation>Un code figure sur la copie du consentement. Il aide seulement à retrouver la personne : nul n’en a besoin.</translation>
        </message>
        <message>
            <source>Code on the copy</source>
            <translation>Code de la copie</translation>
        </message>
        <message>
            <source>Nobody on this tablet has this code. Read it again with them, or go on without it.</source>
            <translation>Personne sur cette tablette n’a ce code. Relisez-le ensemble, ou continuez sans lui.</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Chercher</translation>
        </message>
        <message>
            <source>Without the code: choose the person in the list</source>
            <translation>Sans le code : choisir la personne dans la liste</translation>
        </message>
        <message>
            <source>Taken back so far</source>
            <translation>Retraits jusqu’ici</translation>
        </message>
        <message>
            <source>%1: %2. %3.</source>
            <translation>%1 : %2. %3.</translation>
        </message>
        <message>
            <source>%1: %2.</source>
            <translation>%1 : %2.</translation>
        </message>
    </context>
    <context>
        <name>WrapUpForm</name>
        <message>
            <source>Not reached</source>
            <translation>Pas abordée</translation>
        </message>
        <message>
            <source>Asked</source>
            <translation>Posée</translation>
        </message>
        <message>
            <source>Nothing to report</source>
            <translation>Rien à signaler</translation>
        </message>
        <message>
            <source>Would rather not answer</source>
            <translation>Préfère ne pas répondre</translation>
        </message>
        <message>
            <source>Spoke of it unasked</source>
            <translation>En a parlé de soi-même</translation>
        </message>
        <message>
            <source>What do the marks mean?</source>
            <translation>Que signifient les repères?</translation>
        </message>
        <message>
            <source>Memo</source>
            <translation>Mémo</translation>
        </message>
        <message>
            <source>What stays with you from this interview</source>
            <translation>Ce qui vous reste de cette entrevue</translation>
        </message>
        <message>
            <source>Keep the memo</source>
            <translation>Garder le mémo</translation>
        </message>
        <message>
            <source>Compensation</source>
            <translation>Compensation</translation>
        </message>
        <message>
            <source>What was given</source>
            <translation>Ce qui a été remis</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Garder</translation>
        </message>
        <message>
            <source>How far each question got</source>
            <translation>Où en est chaque question</translation>
        </message>
    </context>
    <context>
        <name>WrapUpPage</name>
        <message>
            <source>Sealed</source>
            <translation>Scellée</translation>
        </message>
        <message>
            <source>Wrap up</source>
            <translation>Conclure</translation>
        </message>
        <message>
            <source>%1 recorded</source>
            <translation>%1 enregistrées</translation>
        </message>
        <message>
            <source>Notes only</source>
            <translation>Notes seulement</translation>
        </message>
        <message>
            <source>Seal the interview</source>
            <translation>Sceller l'entrevue</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>Go on with the interview after all</source>
            <translation>Continuer l'entrevue, finalement</translation>
        </message>
        <message>
            <source>Sealing the interview</source>
            <translation>L'entrevue se scelle</translation>
        </message>
        <message>
            <source>It is encrypted for the lab. You may leave the tablet lying.</source>
            <translation>Elle est chiffrée pour le labo. Vous pouvez laisser la tablette de côté.</translation>
        </message>
        <message>
            <source>The interview is sealed</source>
            <translation>L'entrevue est scellée</translation>
        </message>
        <message>
            <source>It waits in the outbox. Only the lab can open it.</source>
            <translation>Elle attend dans la boîte d'envoi. Seul le labo peut l'ouvrir.</translation>
        </message>
        <message>
            <source>Seal the interview?</source>
            <translation>Sceller l'entrevue?</translation>
        </message>
        <message>
            <source>Afterwards nothing can be added to the recording. Field notes can still be written.</source>
            <translation>Ensuite, rien ne peut être ajouté à l'enregistrement. Des notes de terrain peuvent encore être écrites.</translation>
        </message>
        <message>
            <source>Seal</source>
            <translation>Sceller</translation>
        </message>
        <message>
            <source>Not yet</source>
            <translation>Pas encore</translation>
        </message>
    </context>
    <context>
        <name>YesNoRow</name>
        <message>
            <source>Yes</source>
            <translation>Oui</translation>
        </message>
        <message>
            <source>No</source>
            <translation>Non</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::FirstStartViewModel</name>
        <message>
            <source>Enter a name or initials: it tells people on this tablet apart.</source>
            <translation>Entrez un nom ou des initiales, pour distinguer les personnes sur cette tablette.</translation>
        </message>
        <message>
            <source>There is no file at this place. Check where it is, or plug the stick in again.</source>
            <translation>Il n'y a aucun fichier à cet endroit. Vérifiez où il se trouve, ou rebranchez la clé.</translation>
        </message>
        <message>
            <source>This file is not a study, or only a part of one. Ask the lab for the file that ends in .sottostudy.</source>
            <translation>Ce fichier n'est pas une étude, ou n'en est qu'une partie. Demandez au laboratoire le fichier qui se termine par .sottostudy.</translation>
        </message>
        <message>
            <source>This study needs a newer Sotto. Update Sotto, then open it again.</source>
            <translation>Cette étude demande un Sotto plus récent. Mettez Sotto à jour, puis ouvrez-la de nouveau.</translation>
        </message>
        <message>
            <source>This file cannot be read. Copy it to the tablet and open the copy.</source>
            <translation>Ce fichier ne se lit pas. Copiez-le sur la tablette et ouvrez la copie.</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::GroupViewModel</name>
        <message>
            <source>Still to sign: %1</source>
            <translation>Doivent encore signer : %1</translation>
        </message>
        <message>
            <source>Would rather not be recorded: %1</source>
            <translation>Ne souhaitent pas d'enregistrement : %1</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::GroupsViewModel</name>
        <message>
            <source>Still to sign</source>
            <translation>Doit encore signer</translation>
        </message>
        <message>
            <source>Would rather not take part</source>
            <translation>Préfère ne pas participer</translation>
        </message>
        <message>
            <source>Can't take part now</source>
            <translation>Ne peut pas participer maintenant</translation>
        </message>
        <message>
            <source>Signed</source>
            <translation>Signé</translation>
        </message>
        <message>
            <source>Signed, without recording</source>
            <translation>Signé, sans enregistrement</translation>
        </message>
        <message>
            <source>To be wrapped up</source>
            <translation>À conclure</translation>
        </message>
        <message>
            <source>Broken off</source>
            <translation>Interrompue</translation>
        </message>
        <message>
            <source>Sealed</source>
            <translation>Scellée</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Envoyée</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>Arrivée</translation>
        </message>
        <message>
            <source>Everybody has signed</source>
            <translation>Tout le monde a signé</translation>
        </message>
        <message numerus="yes">
            <source>%n still to sign</source>
            <translation>
                <numerusform>%n personne doit encore signer</numerusform>
                <numerusform>%n personnes doivent encore signer</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n member(s)</source>
            <translation>
                <numerusform>%n membre</numerusform>
                <numerusform>%n membres</numerusform>
            </translation>
        </message>
        <message>
            <source>A group of that name is there already.</source>
            <translation>Il y a déjà un groupe de ce nom.</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::InterviewViewModel</name>
        <message>
            <source>Take back the mark</source>
            <translation>Retirer le repère</translation>
        </message>
        <message>
            <source>Take back the code</source>
            <translation>Retirer le code</translation>
        </message>
        <message>
            <source>Take back the link</source>
            <translation>Retirer le lien</translation>
        </message>
        <message>
            <source>Take back the answer</source>
            <translation>Retirer la réponse</translation>
        </message>
        <message numerus="yes">
            <source>of about %n minute(s)</source>
            <translation>
                <numerusform>sur environ %n minute</numerusform>
                <numerusform>sur environ %n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>sotto::app::OutboxViewModel</name>
        <message>
            <source>Interview</source>
            <translation>Entrevue</translation>
        </message>
        <message>
            <source>Consent and name</source>
            <translation>Consentement et nom</translation>
        </message>
        <message>
            <source>De-identified data</source>
            <translation>Données dépersonnalisées (codées)</translation>
        </message>
        <message>
            <source>Waits for the community's approval</source>
            <translation>Attend l'approbation de la communauté</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>Attend d'être envoyé</translation>
        </message>
        <message>
            <source>Sent; the lab has not confirmed it yet</source>
            <translation>Envoyé; le labo ne l'a pas encore confirmé</translation>
        </message>
        <message>
            <source>The lab has stored it</source>
            <translation>Le labo l'a rangé</translation>
        </message>
        <message>
            <source>The lab has opened it</source>
            <translation>Le labo l'a ouvert</translation>
        </message>
        <message>
            <source>%1 of %2, package %3 of %4</source>
            <translation>%1 sur %2, paquet %3 de %4</translation>
        </message>
        <message>
            <source>Enter the whole path of a folder, beginning with a slash.</source>
            <translation>Entrez le chemin complet d'un dossier, commençant par une barre oblique.</translation>
        </message>
        <message numerus="yes">
            <source>%n package(s) sent.</source>
            <translation>
                <numerusform>%n paquet envoyé.</numerusform>
                <numerusform>%n paquets envoyés.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n confirmation(s) came from the lab.</source>
            <translation>
                <numerusform>%n confirmation reçue du labo.</numerusform>
                <numerusform>%n confirmations reçues du labo.</numerusform>
            </translation>
        </message>
        <message>
            <source>Stopped. What was sent stays sent; the rest can be sent later.</source>
            <translation>Arrêté. Ce qui est parti est parti; le reste pourra être envoyé plus tard.</translation>
        </message>
        <message>
            <source>The folder to send to is not there. Is the stick plugged in, or the share connected?</source>
            <translation>Le dossier d'envoi n'est pas là. La clé USB est-elle branchée, ou le partage connecté?</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::NewPassphrase</name>
        <message>
            <source>Too easy to guess. Add words that do not belong together.</source>
            <translation>Trop facile à deviner. Ajoutez des mots sans lien entre eux.</translation>
        </message>
        <message>
            <source>Accepted, but weaker than four random words.</source>
            <translation>Acceptée, mais plus faible que quatre mots au hasard.</translation>
        </message>
        <message>
            <source>Fair: weaker than five random words.</source>
            <translation>Correcte : plus faible que cinq mots au hasard.</translation>
        </message>
        <message>
            <source>Strong: as good as five random words.</source>
            <translation>Forte : vaut cinq mots au hasard.</translation>
        </message>
        <message>
            <source>That is not the same. Look at what you wrote down, or go back for another one.</source>
            <translation>Ce n'est pas la même. Regardez ce que vous avez noté, ou revenez en prendre une autre.</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::PassphraseViewModel</name>
        <message>
            <source>%1 Keep both passphrases: one of the two opens the tablet.</source>
            <translation>%1 Gardez les deux phrases de passe : l'une des deux ouvre la tablette.</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::PersonViewModel</name>
        <message>
            <source>%1 (%2)</source>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>Together with %1</source>
            <translation>Avec %1</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>Enter the day as 2026-11-30 and the time as 14:30.</source>
            <translation>Entrez le jour comme 2026-11-30 et l'heure comme 14:30.</translation>
        </message>
        <message>
            <source>Some answers are still to come.</source>
            <translation>Il manque encore des réponses.</translation>
        </message>
        <message>
            <source>A few questions first, by telephone or together. Their answers are erased if the study is not the right fit now.</source>
            <translation>D'abord quelques questions, au téléphone ou de vive voix. Les réponses sont effacées si ce n'est pas le bon moment pour cette personne.</translation>
        </message>
        <message>
            <source>The study suits them. Consent comes next, when you meet.</source>
            <translation>L'étude lui convient. Le consentement vient ensuite, à la rencontre.</translation>
        </message>
        <message numerus="yes">
            <source>Did not come (%n time(s))</source>
            <translation>
                <numerusform>N'est pas venue (%n fois)</numerusform>
                <numerusform>N'est pas venue (%n fois)</numerusform>
            </translation>
        </message>
        <message>
            <source>Appointment made for %1</source>
            <translation>Rendez-vous pris pour le %1</translation>
        </message>
        <message>
            <source>Moved to %1</source>
            <translation>Déplacé au %1</translation>
        </message>
        <message>
            <source>The appointment of %1 was called off</source>
            <translation>Le rendez-vous du %1 a été annulé</translation>
        </message>
        <message>
            <source>Did not come on %1</source>
            <translation>N'est pas venue le %1</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::PlaybackViewModel</name>
        <message>
            <source>Say why you listen. It is kept in the audit trail.</source>
            <translation>Dites pourquoi vous écoutez. C'est gardé dans le journal.</translation>
        </message>
        <message>
            <source>The loudspeaker does not work.</source>
            <translation>Le haut-parleur ne fonctionne pas.</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::SoundViewModel</name>
        <message>
            <source>%1 of %2</source>
            <translation>%1 sur %2</translation>
        </message>
        <message>
            <source>%1×</source>
            <extracomment>how fast the sound is played, as in 1.5×</extracomment>
            <translation>%1×</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::SpanViewModel</name>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n seconde</numerusform>
                <numerusform>%n secondes</numerusform>
            </translation>
        </message>
        <message>
            <source>The end must come after the beginning, which is at %1.</source>
            <translation>La fin doit venir après le début, qui est à %1.</translation>
        </message>
        <message>
            <source>The beginning must come before the end, which is at %1.</source>
            <translation>Le début doit venir avant la fin, qui est à %1.</translation>
        </message>
        <message>
            <source>Write each time as minutes and seconds, for example 12:30.</source>
            <translation>Écrivez chaque temps en minutes et secondes, par exemple 12:30.</translation>
        </message>
        <message>
            <source>The recording ends at %1, before this stretch begins.</source>
            <translation>L'enregistrement se termine à %1, avant le début de ce passage.</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::StudyUpdateViewModel</name>
        <message>
            <source>This file is not signed by the lab that this tablet trusts. Do not use it; ask the lab.</source>
            <translation>Ce fichier n'est pas signé par le labo auquel cette tablette fait confiance. Ne l'utilisez pas; demandez au labo.</translation>
        </message>
        <message>
            <source>This is another study. A tablet serves one study.</source>
            <translation>C'est une autre étude. Une tablette sert une seule étude.</translation>
        </message>
        <message>
            <source>This file is version %1 of the study; the tablet has version %2 already.</source>
            <translation>Ce fichier est la version %1 de l'étude; la tablette a déjà la version %2.</translation>
        </message>
        <message>
            <source>New: %1</source>
            <translation>Nouveau : %1</translation>
        </message>
        <message>
            <source>Changed: %1</source>
            <translation>Changé : %1</translation>
        </message>
        <message>
            <source>No longer there: %1</source>
            <translation>Retiré : %1</translation>
        </message>
        <message>
            <source>The lab has new keys: what is kept here is wrapped for them, which may take a while.</source>
            <translation>Le labo a de nouvelles clés : ce qui est gardé ici sera rescellé pour elles, ce qui peut prendre un moment.</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::TabletApp</name>
        <message numerus="yes">
            <source>%n interview(s) had been broken off. What was recorded is there.</source>
            <translation>
                <numerusform>%n entrevue avait été interrompue. Ce qui a été enregistré est là.</numerusform>
                <numerusform>%n entrevues avaient été interrompues. Ce qui a été enregistré est là.</numerusform>
            </translation>
        </message>
        <message>
            <source>An erasure is not finished yet. Sotto tries again at the next unlock.</source>
            <translation>Un effacement n'est pas encore terminé. Sotto réessaiera au prochain déverrouillage.</translation>
        </message>
        <message>
            <source>The tablet's clock was set back: the newest entry here is from %1. Check date and time in the tablet's settings. The order of everything is kept.</source>
            <translation>L'horloge de la tablette a reculé : l'entrée la plus récente date du %1. Vérifiez la date et l'heure dans les réglages de la tablette. L'ordre de tout est conservé.</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::TabletViewModel</name>
        <message>
            <source>The one that the tablet uses anyway</source>
            <translation>Celui que la tablette utilise d'habitude</translation>
        </message>
        <message>
            <source>The microphone is being opened …</source>
            <translation>Ouverture du microphone…</translation>
        </message>
        <message>
            <source>There is no sound: the microphone is not there, or another program uses it.</source>
            <translation>Il n'y a pas de son : le microphone n'est pas là, ou un autre programme l'utilise.</translation>
        </message>
        <message>
            <source>The microphone hears nothing at all. Is it switched off?</source>
            <translation>Le microphone n'entend rien du tout. Est-il éteint?</translation>
        </message>
        <message>
            <source>The bar moves when you speak. Nothing is kept.</source>
            <translation>La barre bouge quand vous parlez. Rien n'est gardé.</translation>
        </message>
        <message>
            <source>Interviews, names and the outbox</source>
            <translation>Entrevues, noms et boîte d'envoi</translation>
        </message>
        <message>
            <source>Delivers only: reads nothing</source>
            <translation>Fait seulement les envois : ne lit rien</translation>
        </message>
        <message>
            <source>Nothing</source>
            <translation>Rien</translation>
        </message>
        <message>
            <source>Sotto %1, Qt %2</source>
            <translation>Sotto %1, Qt %2</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::WithdrawViewModel</name>
        <message>
            <source>Not decided yet. Since %1 everything is locked; the day for the decision is %2. Until they decide, nothing is sent, heard or erased.</source>
            <translation>Pas encore décidé. Depuis le %1, tout est verrouillé ; le jour de la décision est le %2. D’ici là, rien n’est envoyé, écouté ni effacé.</translation>
        </message>
        <message>
            <source>They took back on %1: the sound is erased.</source>
            <translation>Retrait le %1 : le son est effacé.</translation>
        </message>
        <message>
            <source>They stopped on %1. What was told before is kept.</source>
            <translation>Arrêt le %1. Ce qui a été dit avant est gardé.</translation>
        </message>
        <message>
            <source>They need not give a reason, and nothing of what was promised to them is lost by it.</source>
            <translation>Aucune raison n’est demandée, et rien de ce qui a été promis n’est perdu.</translation>
        </message>
        <message numerus="yes">
            <source>%n interview(s) of theirs are on this tablet.</source>
            <translation>
                <numerusform>%n de ses entrevues est sur cette tablette.</numerusform>
                <numerusform>%n de ses entrevues sont sur cette tablette.</numerusform>
            </translation>
        </message>
        <message>
            <source>Part of it was already sent. If they have it erased, a signed order goes to the lab with the next delivery, and the lab answers what it removed. What was already counted in results cannot be taken out.</source>
            <translation>Une partie est déjà envoyée. En cas d’effacement, un ordre signé part au laboratoire au prochain envoi, et le laboratoire répond ce qu’il a retiré. Ce qui compte déjà dans des résultats ne peut plus en sortir.</translation>
        </message>
        <message>
            <source>The interview of the other person stays, also where it speaks of them.</source>
            <translation>L’entrevue de l’autre personne reste, même là où elle parle d’elle.</translation>
        </message>
        <message>
            <source>In the group, what was marked as theirs is erased; what the others said stays. What was not marked as anybody's cannot be told apart and stays.</source>
            <translation>Dans le groupe, ce qui est marqué comme sien est effacé ; ce que les autres ont dit reste. Ce qui n’est marqué de personne ne peut être distingué et reste.</translation>
        </message>
        <message>
            <source>Everything erased</source>
            <translation>Tout effacé</translation>
        </message>
        <message>
            <source>Sound erased</source>
            <translation>Son effacé</translation>
        </message>
        <message>
            <source>Not decided yet</source>
            <translation>Pas encore décidé</translation>
        </message>
        <message>
            <source>Stopped, kept up to there</source>
            <translation>Arrêt, gardé jusque-là</translation>
        </message>
        <message>
            <source>Erased at the lab on %1</source>
            <translation>Effacé au laboratoire le %1</translation>
        </message>
        <message numerus="yes">
            <source>%n copy(ies) there are deleted by hand.</source>
            <translation>
                <numerusform>%n copie y est supprimée à la main.</numerusform>
                <numerusform>%n copies y sont supprimées à la main.</numerusform>
            </translation>
        </message>
        <message>
            <source>The lab has been told</source>
            <translation>Le laboratoire est prévenu</translation>
        </message>
        <message>
            <source>The lab is told with the next delivery</source>
            <translation>Le laboratoire sera prévenu au prochain envoi</translation>
        </message>
        <message>
            <source>In force; the rest is done at the next unlock</source>
            <translation>En vigueur ; le reste se fait au prochain déverrouillage</translation>
        </message>
        <message>
            <source>Nothing more is asked of them. What was told before is kept and used as they agreed.</source>
            <translation>Plus rien n’est demandé. Ce qui a été dit avant est gardé et sert comme convenu.</translation>
        </message>
        <message>
            <source>Everything of theirs is erased on this tablet.</source>
            <translation>Tout ce qui la concerne est effacé sur cette tablette.</translation>
        </message>
        <message>
            <source>Nothing of theirs leaves or opens from now on.</source>
            <translation>Désormais, rien de ce qui la concerne ne sort ni ne s’ouvre.</translation>
        </message>
        <message>
            <source>The sound is erased on this tablet. What was noted is kept.</source>
            <translation>Le son est effacé sur cette tablette. Ce qui a été noté est gardé.</translation>
        </message>
        <message>
            <source>Everything is locked. Nothing is sent, heard or erased, and nobody asks before the day.</source>
            <translation>Tout est verrouillé. Rien n’est envoyé, écouté ni effacé, et personne ne demande avant ce jour.</translation>
        </message>
        <message>
            <source>They take part as before.</source>
            <translation>La personne participe comme avant.</translation>
        </message>
        <message>
            <source>The lab is told with the next delivery.</source>
            <translation>Le laboratoire sera prévenu au prochain envoi.</translation>
        </message>
        <message>
            <source>The rest is done at the next unlock.</source>
            <translation>Le reste se fait au prochain déverrouillage.</translation>
        </message>
    </context>
    <context>
        <name>sotto::app::WrapUpViewModel</name>
        <message>
            <source>The loudspeaker does not work.</source>
            <translation>Le haut-parleur ne fonctionne pas.</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <translation>de %1 à %2</translation>
        </message>
        <message>
            <source>%1 → %2</source>
            <translation>%1 → %2</translation>
        </message>
    </context>
</TS>
